"""The commands that show and answer what was changed in a return: changes, decide."""

"""Where people and scripts come in: the command line, the terminal, and JSON."""

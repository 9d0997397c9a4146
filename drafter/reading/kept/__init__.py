"""Keeps a library that was read, as signed plain data in a folder that is the user's alone."""

"""The interview on a terminal: a page at a time on the whole screen, or line by line for a screen reader."""

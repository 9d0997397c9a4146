"""The commands for the board: packet, verify."""

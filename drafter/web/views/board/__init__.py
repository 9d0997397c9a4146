"""For the board: the packet and its parts, and whether a file is the contract in it."""

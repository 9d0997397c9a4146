"""Keeps what was made once for the next time, signed, in folders that are the user's alone."""

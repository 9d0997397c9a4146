"""Keeps what was made once for the next time: in this process, or signed in folders that are the user's alone."""

"""Reads memo.md of a library: the texts of the memo for the board."""

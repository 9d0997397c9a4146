"""Turns two contracts into a redline, and a redline back into either."""

"""The commands that change wordings and compare them: swap, concede, redline."""

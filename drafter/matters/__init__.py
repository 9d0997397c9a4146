"""A matter's folder: its answers, swaps, own wordings and rounds."""

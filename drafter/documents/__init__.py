"""Writes the papers of a draft as Word files: memo, matrix and brief."""

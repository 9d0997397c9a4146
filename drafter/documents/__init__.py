"""Writes the papers of a draft as Word files: memo, matrix, brief, notice and letter."""

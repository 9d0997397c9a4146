"""The commands for whoever keeps the library: lint, review, prove, template check."""

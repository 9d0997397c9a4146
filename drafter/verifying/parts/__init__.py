"""What of a Word file is looked at part by part: its package, its settings and data, styles and lists, pictures."""

"""What of a Word file is looked at part by part: the package and its settings, styles and lists, pictures and notes."""

"""Places and problems, YAML with its lines, files, and English: what every other room uses."""

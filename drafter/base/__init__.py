"""What every other package uses: places and problems, YAML with its lines, files, and English."""

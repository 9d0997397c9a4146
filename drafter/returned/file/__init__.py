"""What a returned Word file says: its words by the sides that they are on, its lines, its comments."""

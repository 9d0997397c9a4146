"""What the desk has done by processes of their own, since it takes longer than a page may wait for."""

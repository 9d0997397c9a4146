"""Finds the smallest answers that make a condition true, or shows by trying every case that none do."""

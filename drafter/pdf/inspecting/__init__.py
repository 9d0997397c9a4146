"""Looks through a PDF for what it holds beside what its pages show."""

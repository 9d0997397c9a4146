"""A text as a body publishes it: its printed numbers, and its paragraphs."""

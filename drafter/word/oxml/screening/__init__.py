"""Looks through a template that someone else made for what a reader would not see, or would see changed."""

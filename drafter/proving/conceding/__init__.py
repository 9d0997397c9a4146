"""Finds what to concede when the other side rejects wordings: the least that still meets the policy."""

"""Finds clauses, alternatives and questions by words and numbers, and what an answer reaches."""

"""Reads a contract that came back: what was changed in it, where, by whom, and whether it was marked.

markup ─ what is said of a return           texts, pieces, remarks ─ what is in its file
sent ─ the contract as it was sent           aligning, changes ─ which words became which
"""

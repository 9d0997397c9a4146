"""Reads a contract that came back: what was changed in it, where, by whom, and whether it was marked.

markup ─ what is said of a return           file/ ─ what is in its Word file
sent, furniture ─ the contract as sent       aligning, differing, changes ─ which words became which
"""

"""Turns a library and answers into a draft: which wording was selected, the contract, and what it covers."""

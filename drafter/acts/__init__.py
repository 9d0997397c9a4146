"""What every door does to a matter: each act reads it while it is locked, changes it, and returns what that did.

One rule: the lock is held from reading to writing, and what is written is in an order that any interruption survives.
"""

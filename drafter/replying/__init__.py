"""What a return means to a matter, and how its changes are answered.

theirs ─ the contract with some of their changes     meaning ─ what each change is in the library
decisions, deciding ─ what we answer                 kept ─ what a round keeps of a return
"""

"""The answers that words of a return are, and the other places of the contract that print them."""

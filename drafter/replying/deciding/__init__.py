"""How the changes of a return are answered.

basis ─ what they are answered from, and how     answering ─ accept, reject, counter, take back
putting ─ how a section comes to read so         refusing ─ why a change can't be accepted
"""

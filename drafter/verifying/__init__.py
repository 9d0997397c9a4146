"""Compares a Word file with the one that was approved, by a closed list: what isn't named in it can't be judged.

Everything that a file may hold is compared literally, unless a row of `listed` says that it is read in a way of its
own, or that a program which saves a file again may add or change it. `drafter verify` and `drafter receive` ask here.
"""

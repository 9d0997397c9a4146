"""Says whether a signed PDF, or a scan on paper, reads as the contract in a packet; never more than was read.

sheets ─ what is on the pages: text layers, drawings, what a program reads of a drawing; which page is which
comparing, reading, again, additions ─ one page against the approved one: words, ink, and what may be added
aligning ─ word after word, where another program laid the contract out
signatures ─ whose digital signatures          looks ─ what a person saw of the places that a program could not read
judging ─ all of it, as one verdict            report ─ the places with pictures, for a browser and for paper
"""

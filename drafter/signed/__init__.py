"""Says whether a signed PDF, or a scan on paper, reads as the contract in a packet; never more than was read.

words, pages, recognition ─ what is on a page: its text layer, its drawing, and what a program reads of the drawing
matching, reading, picture, additions ─ one page against the approved one: words, ink, and what may be added
signatures ─ whose digital signatures          looks ─ what a person saw of the places that a program could not read
judging ─ all of it, as one verdict            report ─ the places with pictures, for a browser and for paper
"""

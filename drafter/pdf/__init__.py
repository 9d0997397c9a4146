"""LibreOffice, and the parts of a packet bound into one PDF.

office ─ lays a file out            cover, notes, paper ─ the Word files that only a PDF needs
binding ─ a packet: cover and parts, by merging (taking, bookmarks, structure, page_numbers, objects)
"""

"""What is done to a Word file before LibreOffice lays it out, so that the PDF shows and says the same.

addresses ─ links; numbers ─ those of a redline's paragraphs, printed as words; spacing ─ words that a tab parts
between ─ the addresses of links from one part of a packet to another
marks ─ what a redline marks, drawn and named; rows ─ the rows of its tables that have moved
"""

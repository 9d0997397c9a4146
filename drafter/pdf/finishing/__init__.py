"""What a PDF still lacks for a reader who doesn't see it, after LibreOffice has laid it out.

finish ─ the pass over one file, and its claim to be accessible
elements ─ walks the tags; drawing ─ rules and borders; tables ─ header cells; blanks ─ tags with nothing in them
links ─ how links are reached; notes ─ footnotes
changes ─ what a redline marks, said in words; contents ─ tables of contents, and titles that are in none
metadata ─ title, language and the claim as XMP; checking ─ what is left

Each step does nothing where nothing is missing, so that a newer LibreOffice needs fewer of them.
"""

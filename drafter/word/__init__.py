"""The only package that knows Word: a value and a template become a Word file, and a Word file is read back.

kinds ─ what each kind of template holds        writer, body, lists ─ the contract and its redline
template ─ read and checked (fields)            memo_docx, matrix_docx, brief_docx ─ the papers
filling ─ the one way to fill it                incoming, reader ─ files that come from outside
oxml/ ─ elements, changes, tokens, the zip: XML, and no contract
"""

"""The only package that knows Word: a value and a template become a Word file, and a Word file is read back.

kinds ─ what each kind of template holds        writer, body, lists ─ the contract and its redline
template ─ read, and checked (fields)           incoming, reader ─ files that come from outside
filling ─ the one way to fill it                oxml/ ─ elements, changes, tokens, the zip: no contract
"""

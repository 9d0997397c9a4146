"""The XML of a Word file, and its zip: elements, tracked changes, comments, tokens. It knows no contract.

The only modules that name elements of WordprocessingML, but for what mends a redline for paper (`pdf.paper`) and what
compares a file with the one that was approved (`verifying`).
"""

"""The Word part: a contract and a template become a DOCX, and through LibreOffice a PDF.

The only package that knows OOXML: `oxml` builds and reads XML and knows no contract, `template` checks
and renders the firm's file, `body` and `lists` write the contract's parts, `changes` marks them as tracked
changes, `writer` puts all into the file, `pdf` has it laid out.
"""

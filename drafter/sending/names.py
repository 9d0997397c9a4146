"""Names the files of a packet and their titles; whoever only reads a packet needs nothing else of it."""

MEMO, REDLINE, CONTRACT, MATRIX = "1-memo.docx", "2-redline.docx", "3-contract.docx", "4-matrix.docx"
CHANGES = "2-changed-sections.docx"
NOTICE, NOTICE_PDF, AGENDA = "5-notice.docx", "5-notice.pdf", "agenda.txt"
WHOLE, MEMO_PDF, CONTRACT_PDF, FACTS = "packet.pdf", "1-memo.pdf", "3-contract.pdf", "packet.json"
REDLINE_PDF = "2-redline.pdf"  # beside a packet of the sections that changed, with its notes
TITLES = {
    MEMO: "Memorandum",
    CHANGES: "Changed sections",
    REDLINE: "Redline",
    CONTRACT: "Clean copy",
    MATRIX: "Compliance matrix",
    NOTICE: "Public notice",
}
NOTES = "Notes to the redline"

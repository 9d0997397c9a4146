"""LibreOffice, and PDF files bound into one."""

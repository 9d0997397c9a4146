"""What is on the pages of a PDF: words where they are, pictures, ink; and what a program reads of a picture."""

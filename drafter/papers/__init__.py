"""Makes what is said about a draft: memo, matrix, brief, notice, letter and remarks, as values without Word."""

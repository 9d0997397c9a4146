"""Makes what is said about a draft: memo, matrix, brief and remarks, as values that know nothing of Word."""

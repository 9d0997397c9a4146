"""What is told about a draft: memo, matrix, brief and remarks, as values that know no Word."""

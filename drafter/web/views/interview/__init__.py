"""The interview: a page for each question, each list and each of its records, with the contract beside it."""

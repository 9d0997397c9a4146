"""The commands that show clauses: options, clauses, explain."""

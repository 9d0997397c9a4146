"""The wordings of a matter's clauses: which could stand there instead, what each would do, and the matter's own."""

"""What a person has read of a library: the record, and what has to be read again."""

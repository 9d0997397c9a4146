"""The interview as a value: what is asked, what an answer changes, and the pages that a door shows."""

"""The command that changes one answer: answer."""

"""Changes the form of a matter's contract, and says what that does."""

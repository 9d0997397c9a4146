"""Changes one answer by itself: which question words name, what was typed for it, and what it does."""

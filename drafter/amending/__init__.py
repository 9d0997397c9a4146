"""A source that changes: what differs in its new text, what rests on that, and what can be carried over."""

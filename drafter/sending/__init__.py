"""The rounds of a negotiation and the board packet."""

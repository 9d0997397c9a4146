"""The rounds of a negotiation: what was sent and what came back, and the answers to each of its changes."""

"""What the policy asks, where the contract says it, and what an attorney has still to read of that."""

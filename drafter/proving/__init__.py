"""What holds of every contract that a library can make, whatever the answers."""

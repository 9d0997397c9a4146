"""What is true of every contract that a library can make, whatever the answers."""

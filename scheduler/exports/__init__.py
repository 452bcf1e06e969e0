"""What other programs read of a plan or roster."""

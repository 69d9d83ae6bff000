"""What is kept of papers while they are drawn up."""

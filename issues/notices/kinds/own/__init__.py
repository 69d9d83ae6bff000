"""What a person writes into a paper of their own: paragraphs, annexes, the course of a meeting."""

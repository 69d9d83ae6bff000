"""The finished PDF: what it says of itself, joined with others, digitally signed."""

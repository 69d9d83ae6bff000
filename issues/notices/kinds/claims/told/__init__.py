"""A ticket told as its record tells it, its units and counts; the words that put a claim off."""

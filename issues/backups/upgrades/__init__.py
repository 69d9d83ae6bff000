"""A copy of the rows before the structure changes, and going back to it."""

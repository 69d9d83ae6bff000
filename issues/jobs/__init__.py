"""What the product does by itself: units of work that are safe to be done twice at once."""

"""What the product writes down of its own running: how a line looks, and where it is kept."""

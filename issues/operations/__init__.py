"""How the product is run: its figures, their bounds, and what to do where one is passed."""

"""Pollution sources: what is kept of them, and the tickets tied to them."""

"""How alike problems are, which tickets are like one, and what is suggested from them."""

from issues.likeness.search import Similar, similar

__all__ = ["Similar", "similar"]

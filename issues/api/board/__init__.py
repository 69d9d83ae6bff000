"""The board as figures."""

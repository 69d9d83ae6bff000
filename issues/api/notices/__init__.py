"""Notices and the acts on them."""

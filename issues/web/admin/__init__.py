"""Accounts, grants, units, and what keeps the product running."""

"""Readings of a ledger: which target each is held against, how they come in and go out."""

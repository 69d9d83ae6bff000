"""Tickets that belong together without being merged."""

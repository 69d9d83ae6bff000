"""Leads as pages, the API and the board read them."""

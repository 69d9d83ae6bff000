"""Notices as pages and callers see them."""

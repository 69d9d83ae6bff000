"""Texts read into drafts as JSON."""

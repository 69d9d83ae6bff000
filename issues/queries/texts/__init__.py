"""Texts that were read, for their pages."""

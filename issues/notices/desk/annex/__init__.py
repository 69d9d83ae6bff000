"""Annexes of a person's own: read, put, printed, with their pictures."""

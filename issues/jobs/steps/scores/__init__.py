"""Scores: what the record says is booked each day."""

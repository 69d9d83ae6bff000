"""Scores: points read from the history, booked to units, appealed against, published."""

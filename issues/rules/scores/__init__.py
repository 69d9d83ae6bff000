"""Scores from events, free of any database: points, shares, weights, halves and totals.

Only facts of tickets count: nothing here knows who signed in, uploaded or wrote how much.
"""

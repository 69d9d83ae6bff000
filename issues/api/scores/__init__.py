"""Scores: figures and points of a period, appeals and their rulings, publishing."""

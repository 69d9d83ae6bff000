"""Scores: the units' figures, every point of a unit, appeals and their rulings, publishing."""

"""Rounds, look-backs, rules, covert notes."""

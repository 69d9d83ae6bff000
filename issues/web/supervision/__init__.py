"""Rounds, look-backs, covert notes, digests, rules, calendar."""

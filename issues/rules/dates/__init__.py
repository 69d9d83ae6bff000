"""Counted days: calendar and working days, deadlines in words, lengths made from a deadline."""

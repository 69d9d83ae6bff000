"""Checks run with all their cases, each in a process of its own, and the table they make."""

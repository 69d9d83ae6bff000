"""Leads: posted by programs, decided by people."""

"""Copies of everything at one moment, and putting one back where nothing is."""

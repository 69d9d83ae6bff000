"""Calls of counties' centres: their rounds."""

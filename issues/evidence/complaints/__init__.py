"""Complaints beside their papers: calling back who complained, and naming nobody to the public."""

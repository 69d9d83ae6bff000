"""Workbooks in and out: what a sheet is understood as, and the sheets the product hands out."""

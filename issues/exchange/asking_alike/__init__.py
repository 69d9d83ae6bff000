"""Rows of a sheet that may be a ticket of the register under other words: asked, never decided."""

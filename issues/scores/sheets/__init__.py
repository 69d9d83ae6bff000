"""A unit's published quarter as a paper: gathered, written, checked against the record, signed."""

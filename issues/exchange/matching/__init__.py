"""Which column of a sheet is which field: by a layout that somebody matched once."""

"""Commands that make this city this city."""

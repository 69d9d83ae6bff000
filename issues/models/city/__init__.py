"""What makes this city this city: its places."""

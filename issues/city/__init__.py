"""What makes this city this city: the words it gives itself, and what it still lacks."""

"""What a county does with the tickets the city hands to it."""

"""包保 over the API."""

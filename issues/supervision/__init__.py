"""What the city does beyond the chain: look-backs, rounds."""

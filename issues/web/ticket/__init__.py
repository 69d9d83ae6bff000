"""One ticket and the form of each act on it."""

"""Files as a form brings them, however they came."""

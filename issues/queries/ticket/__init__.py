"""One ticket with everything that lies beside it."""

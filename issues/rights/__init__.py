"""Who may do what: the words of it, and the one table."""

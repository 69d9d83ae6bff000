"""Papers many at a time: signed together, and the book they all stand in."""

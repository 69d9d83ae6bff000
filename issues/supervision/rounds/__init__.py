"""The rows of a round: what may be decided of each, for one and for many."""

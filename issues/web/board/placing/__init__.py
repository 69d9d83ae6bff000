"""Where the signs and the names of a picture stand, so that none covers another."""

"""A round where it is held: one case large, many rows at once, and what follows from its end."""

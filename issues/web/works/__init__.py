"""A person's long work: listed, watched, called off, begun anew, its result fetched."""

"""Where two sources of a ticket differ: gathered, kept as they are found, ruled by a person."""

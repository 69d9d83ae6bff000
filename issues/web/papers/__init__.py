"""What a unit does with a paper, and papers many at a time: signed together, kept in one book."""

"""The GB/T 9704-2012 page: a document laid out line by line, and drawn."""

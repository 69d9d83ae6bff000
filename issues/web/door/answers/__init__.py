"""What is done to an answer as it leaves: its headers, its refusals, its place in the record."""

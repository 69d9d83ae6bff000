"""What a volume of tickets is made of: the facts of each, and its rows in every table."""

"""What a notice says: gathered from the records, from the words of the city and of the clerk."""

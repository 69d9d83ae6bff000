"""What goes to whom: the work of a person who leaves, the tickets of a unit that is reformed."""

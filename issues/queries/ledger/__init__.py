"""What goes out of the register: the chosen tickets as they stood on a day, and their sums."""

"""A cell that says several things: its numbered parts, and what each says of itself."""

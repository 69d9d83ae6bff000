"""What a unit does with a signed paper point by point: what it asks, what is answered, and when."""

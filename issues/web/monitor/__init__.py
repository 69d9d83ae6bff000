"""What a monitor asks: whether the process lives, can serve, and its figures."""

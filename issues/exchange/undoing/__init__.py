"""Taking a whole import back: what stands in the way, what goes with it, the act itself."""

"""On the spot: what a phone tells of where and when, and whose names stand beside one's own."""

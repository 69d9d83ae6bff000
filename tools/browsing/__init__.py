"""A real browser, and a real server of the product for it to look at."""

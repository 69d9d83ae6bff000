"""基层减负 over the API: the same figures as the page."""

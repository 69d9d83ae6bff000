"""The page of one decision: both ways, the facts beside them, and what waits next."""

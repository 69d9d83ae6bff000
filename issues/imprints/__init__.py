"""A keyed digest of every row that states a fact, so that SQL beside the product shows."""

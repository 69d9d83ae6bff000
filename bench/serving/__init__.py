"""The reference and the product served alike, and clients that ask them."""

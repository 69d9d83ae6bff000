"""The manual inside the product: looked up, read chapter by chapter, printed."""

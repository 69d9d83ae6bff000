"""The pages of 包保."""

"""The pages of pollution sources."""

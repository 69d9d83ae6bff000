"""What the pages of pollution sources show."""

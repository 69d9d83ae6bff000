"""Tables of keeping the product up: backups."""

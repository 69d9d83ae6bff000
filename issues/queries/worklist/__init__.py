"""What needs one person today."""

"""What a county's centre has of its own: its rounds."""

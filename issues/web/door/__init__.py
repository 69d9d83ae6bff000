"""What every request passes: who it is, what it may, what is refused and how it is told."""

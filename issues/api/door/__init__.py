"""What every call shares: what was sent, how it is answered, how often."""

"""What comes in before it is a ticket."""

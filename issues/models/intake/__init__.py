"""What comes in before it is a ticket, and what is found to be alike."""

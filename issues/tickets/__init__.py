"""What a ticket is made of: each field once, with every channel it goes through."""

"""Tables of messages, and of where they go."""

"""Messages: a person's inbox, where and when they are told, where it went, other systems."""

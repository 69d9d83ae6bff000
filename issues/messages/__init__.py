"""Messages: what persons and other systems are told of an act, and how it reaches them."""

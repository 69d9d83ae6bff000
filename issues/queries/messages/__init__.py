"""What a person is told, where it went, and which of their days come near."""

"""The example city, and volumes for measuring. Imports whatever it fills; nothing imports it."""

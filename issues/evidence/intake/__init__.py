"""Files on their way in: received, proven to be what their names say, kept before a row is."""

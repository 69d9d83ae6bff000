"""Files, readings and originals of a ticket."""

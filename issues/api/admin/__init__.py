"""Units, and the document that describes the API."""

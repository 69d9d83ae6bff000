"""A draft as a DOCX that WPS and Word edit, and its text back from what they save."""

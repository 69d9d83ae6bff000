"""Files, flags, readings and dossiers of a ticket."""

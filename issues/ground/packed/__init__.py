"""Files that are ZIP archives of XML, written so that the same content gives the same bytes."""

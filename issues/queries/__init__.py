"""Every SELECT a page or the API shows. Nothing here writes."""

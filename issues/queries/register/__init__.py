"""The register under a filter, and the imports that fed it."""

"""The register as JSON."""

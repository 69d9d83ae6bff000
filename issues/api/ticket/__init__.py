"""The register, one ticket, the acts on it."""

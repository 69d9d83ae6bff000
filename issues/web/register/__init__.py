"""The register: filter, views, bulk acts, imports, exports."""

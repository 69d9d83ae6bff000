"""The register as workbooks that an import would read again."""

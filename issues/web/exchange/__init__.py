"""Ledgers coming in: upload, columns, preview, confirmation, comparison, kept layouts."""

"""Dossiers (一题一档): one, several, and batches of them."""

"""Backups: taken each day, and tried beside the live city once a month."""

"""Leads: reported, looked through, decided, brought in by workbook."""

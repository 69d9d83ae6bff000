"""Units and people by workbook on the command line: the system itself does both halves."""

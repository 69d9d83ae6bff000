"""Units and people by workbook, the roles asked for in them, and slips for all who are new."""

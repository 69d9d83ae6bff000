"""基层减负: the figures of a year, the acts behind each of them, a workbook."""

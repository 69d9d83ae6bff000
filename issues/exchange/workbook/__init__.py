"""A workbook as it lies on the table: its package, its cells, its blocks; no heading is understood."""

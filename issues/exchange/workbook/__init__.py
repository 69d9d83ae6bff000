"""A sheet of a workbook as it lies there: package, cells, blocks; no heading is understood."""

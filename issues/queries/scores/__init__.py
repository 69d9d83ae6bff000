"""Scores as pages, workbook and API read them: figures, points, appeals and what waits."""

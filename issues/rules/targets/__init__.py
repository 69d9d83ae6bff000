"""Targets with a sense, free of any database: whether one holds, and by which reading."""

from issues.rules.targets.judging import Held, Judged, Measured, holds, state

__all__ = ["Held", "Judged", "Measured", "holds", "state"]

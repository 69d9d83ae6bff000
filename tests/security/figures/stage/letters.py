"""Who gets in, a letter each, and the circles they are told by."""

LETTERS = dict(zip("iIohrlwWbBvpscax", (
    "lin", "lin2", "sun", "zhou", "chen", "chenlead", "wu", "wulead", "liu", "liulead", "zhao",
    "he", "sysadmin", "secadmin", "auditor", None,
), strict=True))  # fmt: skip
"""Inspectors, office, head; the reporter and leader of 巴州区, of 恩阳区, of the bureau; the deputy
mayor, the performance office; the three administrators; nobody."""
THE_OTHER_UNIT = str.maketrans("rlwW", "wWrl")

CITY = "iIoh"
UNITS = "rlwWbB"
BUSINESS = CITY + UNITS + "vp"
EVERYBODY = BUSINESS + "sca"
ANYBODY = EVERYBODY + "x"
SEES_IT = CITY + "rlbBvp"
WORKS_ON_IT = CITY + "rlbB"

"""How much is tried here: a part in the suite, all of it for docs/security/数字.md.

`python -m bench.figures` asks for all and reads what each check counted.
"""

import json
import os
from pathlib import Path

import pytest

FULL = os.environ.get("FIGURES") == "full"

MOST_TOLD = 40


def part(things, share, turn=0):
    """Each so many-th in the suite, all of them where all are asked for."""
    things = list(things)
    return things if FULL else things[turn % share :: share]


def on_both(test):
    """On both databases where all is asked for; where SQL differs less, the suite needs one."""
    return pytest.mark.both(test) if FULL else test


def tell(row, what, tried, found, database):
    """Keep what was counted, then say what was found: the figure is told though the test fails."""
    if kept := os.environ.get("FIGURES_FILE"):
        told = {"row": row, "what": what, "n": tried, "found": len(found), "database": database}
        told["first"] = [str(one) for one in found[:MOST_TOLD]]
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")
    assert not found, f"{len(found)} of {tried}: " + "\n".join(map(str, found[:MOST_TOLD]))

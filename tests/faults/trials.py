"""How often a fault is tried: a few times in the suite, the whole by `make faults`.

FIGURES says it, as for every figure: `full`, or how many at most.
"""

import os

GIVEN = os.environ.get("FIGURES", "")


def trials(quick, whole):
    """`quick` in the suite; never fewer than that, never more than the figure asks for."""
    if not GIVEN:
        return quick
    return whole if GIVEN == "full" else max(quick, min(whole, int(GIVEN)))


def some(things, quick):
    """So many of them, from the first to the last; all, or as many as were asked for."""
    things = list(things)
    wanted = trials(min(quick, len(things)), len(things))
    if wanted <= 1:
        return things[:wanted]
    return [things[round(at * (len(things) - 1) / (wanted - 1))] for at in range(wanted)]

"""The life of a ticket: the only writer of its status, thresholds and colour spans."""

from issues.colour.settle import refresh
from issues.workflow.loading import load, refuse_out_of_sight
from issues.workflow.perform import (
    Rules,
    perform,
    raise_in_round,
    register,
    rules_at,
    take_back,
    take_over,
)
from issues.workflow.readiness import available
from issues.workflow.transitions import TRANSITIONS, Transition

__all__ = [
    "TRANSITIONS", "Rules", "Transition", "available", "load", "perform", "raise_in_round",
    "refresh", "refuse_out_of_sight", "register", "rules_at", "take_back", "take_over",
]  # fmt: skip

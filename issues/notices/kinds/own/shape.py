"""The parts of a paper's facts that a person writes: annexes, and what a meeting came to."""

from typing import TypedDict


class AnnexFacts(TypedDict, total=False):
    """An annex of a person's own: paragraphs, and tables of lines whose cells are marked off."""

    title: str
    text: str


class TaskFacts(TypedDict, total=False):
    """What a meeting settled: for whom (a code and a name), by when."""

    text: str
    unit: str
    unit_name: str
    due: str | None


class MinutesFacts(TypedDict, total=False):
    """What a person wrote of a meeting; when and where it was stands in `meeting`.

    `summons`: the number of the paper that called it.
    """

    present: list[str]
    absent: list[str]
    observers: list[str]
    points: str
    statement: str
    tasks: list[TaskFacts]
    summons: str

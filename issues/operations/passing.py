"""Which bounds are passed: what is said of each, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from issues.operations.bounds import BOUNDS, FAILING, Bound
from issues.operations.families import words_of
from issues.operations.readings import Ground, Readings, Sample
from issues.operations.told_dates import Grade
from issues.operations.written import written


@dataclass(frozen=True, slots=True)
class Passed:
    """A bound that is passed: what is said of it, and what to do."""

    bound: Bound
    grade: Grade
    sentence: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.sentence}。{self.remedy}"


def passed(ground: Ground, found: Readings) -> list[Passed]:
    """What is wrong comes before what should be known, each in the order of the table."""
    every = [one for bound in BOUNDS for one in _of_one(bound, ground, found)]
    return sorted(every, key=lambda one: one.grade is Grade.HINT)


def _of_one(bound: Bound, ground: Ground, found: Readings) -> Iterator[Passed]:
    if bound.judge is not None:
        for grade, sentence in bound.judge(ground):
            yield Passed(bound, grade, sentence.removesuffix("。"), "")
        return
    figures = bound.figures(found)
    if not figures and bound.absent:
        yield Passed(bound, bound.grade, bound.absent, bound.remedy)
    said: dict[float, list[str]] = {}
    for one in figures:
        if bound.is_passed(one.value):
            said.setdefault(one.value, []).append(_whose(bound, one))
    for value, whose in said.items():
        yield Passed(
            bound, bound.grade,
            f"{'、'.join(filter(None, whose))}{bound.title} {written_of(bound, value)}，"
            f"应{bound.words}",
            bound.remedy,
        )  # fmt: skip


def _whose(bound: Bound, one: Sample) -> str:
    """Of which lane, job or disk; a measure of its own may have nobody."""
    if one.labels == FAILING:
        return ""
    return "，".join(words_of(*of) for of in zip(bound.family.labels, one.labels, strict=False))


def written_of(bound: Bound, value: float) -> str:
    """A figure as this bound compares it."""
    if bound.measure is None:
        return written(bound.family.unit, value)
    return f"{round(value, 1) if value >= 1 else round(value, 2):g}{bound.unit}"

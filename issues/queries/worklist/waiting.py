"""All that waits for one person's word: my work lists it, a leader's page counts the same."""

from datetime import date
from typing import NamedTuple

from auth.actor import Actor
from issues.queries.notices import inbox
from issues.queries.scores import appeals
from issues.queries.worklist import arrived, page, readings, tasks


class Part(NamedTuple):
    """One kind of what waits, with the place on my work where it is listed."""

    anchor: str
    title: str
    total: int


class Waiting(NamedTuple):
    piles: list[page.Pile]
    letters: list[inbox.Letter]
    tasks: tasks.Found
    to_review: readings.Found
    arrived: arrived.Arrivals
    scores: appeals.Waiting

    @property
    def parts(self) -> list[Part]:
        """What there is of each kind, in the order of the page; nothing where nothing waits."""
        piles = [Part(one.name.replace("_", "-"), one.title, one.total) for one in self.piles]
        others = (
            Part("letters", "督办文书", len(self.letters)),
            Part("tasks", "县级交办任务", self.tasks.total),
            Part("readings", "待审核监测数据", self.to_review.total),
            Part("arrived", "随台账导入", self.arrived.total),
            Part("scores", "考核", self.scores.waits),
        )
        return [*piles, *(one for one in others if one.total)]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.parts)


def waiting(actor: Actor, today: date) -> Waiting:
    """Sixteen statements at most, half of them for who rules on scores."""
    return Waiting(
        page.piles(actor, today),
        inbox.letters(actor, today),
        tasks.tasks_of(actor, today),
        readings.readings_to_review(actor),
        arrived.arrived(actor, today),
        appeals.waiting(actor),
    )

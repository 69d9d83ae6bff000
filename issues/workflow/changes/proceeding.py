"""The head's own act: a ticket goes on although required readings are missing or outside."""

from auth.actor import Actor
from issues.ground.present import present
from issues.models import Waiver
from issues.vocabulary import Status
from issues.workflow.act import Act
from issues.workflow.effect.lacking import lacks_of, running_waivers


def proceed(act: Act) -> Status:
    """For one passage to closure. What lacks is written down with the reason."""
    lacks = [one.sentence for one in lacks_of(act.issue)]
    act.refuse_now_unless(lacks, "必需的读数齐全并达标，不需要仍予推进。")
    act.add(
        Waiver(
            issue_id=act.issue.id, round=act.issue.round, at=act.at, by_id=_person(act.actor),
            reason=act["reason"], lacks=lacks,
        )
    )  # fmt: skip
    act.noted["lacks"] = lacks
    return act.issue.status


def end_waivers(act: Act) -> None:
    """The claim is sent back: the next passage asks for the readings again."""
    for waiver in running_waivers(act.issue):
        waiver.ended_on = act.on


def _person(actor: Actor) -> int:
    return present(actor.id, "the account of the head")

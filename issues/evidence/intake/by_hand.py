"""Which kinds of files a person may send in by hand; the others come with an act of their own."""

from auth.actor import Actor
from issues.ground.refusals import Incomplete
from issues.vocabulary import EvidenceKind, Role

VISITED = "包保查看照片随包保人登记查看上传；包保人没有账号的，由市环委办经办上传。"


def kinds_for(actor: Actor) -> list[tuple[str, str]]:
    """A keeper's photo proves the keeper's visit: nobody but the office brings it for another."""
    return [
        choice
        for choice in EvidenceKind.choices()
        if choice[0] != EvidenceKind.KEEPER_VISIT.value or actor.has(Role.OFFICE)
    ]


def refuse_kind(actor: Actor, kind: EvidenceKind) -> None:
    """Raises Incomplete."""
    if kind is EvidenceKind.KEEPER_VISIT and not actor.has(Role.OFFICE):
        raise Incomplete({"kind": [VISITED]})

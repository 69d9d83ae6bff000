"""Photos sent in the form of an act: one form on the phone, kept with the act or not at all."""

from typing import Any

from auth.actor import Actor
from issues.evidence import rows as keeping
from issues.ground import clock
from issues.ground.present import present
from issues.ground.refusals import Incomplete
from issues.models import Issue
from issues.vocabulary import Action, EvidenceKind
from issues.web.door import forms
from issues.web.door.files import staged

FIELD, KIND = "file", "file_kind"
MOST = 20
KINDS: dict[Action, tuple[EvidenceKind, ...]] = {
    act: kinds
    for act in Action
    if (kinds := tuple(kind for kind in EvidenceKind if act in kind.sent_with))
}
"""What the files of an act are; the first where nobody chooses."""
NAMED_IN = {Action.RECORD_SITE_CHECK: "photos", Action.ANSWER_TASK: "files"}
"""The acts whose details name their files, and in which field."""


def proven(act: Action) -> list[keeping.Proven]:
    """Every sent file, its bytes kept before any transaction. Raises Incomplete at the first."""
    too_many = f"一次最多附{MOST}个文件，其余请在佐证材料中上传"
    sent = staged.bounded(staged.files(FIELD), FIELD, MOST, too_many)
    if sent and kind(act) is None:
        raise Incomplete({FIELD: ["请选择照片的类别"]})
    return staged.proven_of(FIELD, sent)


def drawn(act: Action) -> dict[str, Any]:
    """What the page of the act says of its files; no kinds where it takes none."""
    return {"photo_kinds": KINDS.get(act, ()), "photo_kind": kind(act), "most_files": MOST}


def kind(act: Action) -> EvidenceKind | None:
    """None where the act has no files, or another kind was sent."""
    kinds = KINDS.get(act, ())
    asked = forms.carried(KIND, kinds[0].value if kinds else "")
    return next((one for one in kinds if one.value == asked), None)


def keep(
    act: Action, issue: Issue, person: Actor, files: list[keeping.Proven], given: dict[str, Any]
) -> dict[str, Any]:
    """In the transaction of the act: its details, with the photos a site check names by number."""
    if not files:
        return given
    about = keeping.About(present(kind(act), "the kind of the files"))
    rows = [keeping.add(issue, person, one, about, at=clock.now()) for one in files]
    if name := NAMED_IN.get(act):
        return given | {name: [*given.get(name, []), *(str(row.id) for row in rows)]}
    return given

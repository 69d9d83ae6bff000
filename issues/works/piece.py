"""One piece of work in the hands of its holder."""

from dataclasses import dataclass
from typing import Any

from auth.actor import Actor
from auth.signin import actor_for
from extensions import db
from issues.evidence.storage.store import Store
from issues.exchange import uploads
from issues.ground.present import present
from issues.ground.refusals import NotAllowed
from issues.models import LedgerImport, LongWork
from issues.rights.table import Power, holds
from issues.vocabulary import WorkState
from issues.works import claiming

NOT_YOURS = "您现在没有办理此事的权限，没有办理。"


@dataclass(frozen=True, slots=True)
class Piece:
    """`asked` is what its asker said; `import_id` the upload it is about, if any."""

    id: int
    holder: str
    user_id: int
    import_id: int | None
    asked: dict[str, Any]
    store: Store

    @classmethod
    def of(cls, work: LongWork, store: Store) -> "Piece":
        return cls(work.id, work.holder, work.user_id, work.import_id, dict(work.asked), store)

    def asker(self, power: Power) -> Actor:
        """With the rights of this moment. Raises NotAllowed."""
        user = db.session.get_one(LongWork, self.id).user
        person = actor_for(user)
        if not (user.is_active and holds(person, power)):
            raise NotAllowed(NOT_YOURS)
        return person

    def upload(self, *, for_change: bool = False) -> LedgerImport:
        """Raises NotFound."""
        number = present(self.import_id, "the upload of a piece about one")
        return uploads.load(number, for_change=for_change)

    def end(self, words: str = "", **told: Any) -> None:
        """Done, in the caller's transaction. Raises CalledOff."""
        claiming.end(self.id, self.holder, WorkState.DONE, words=words[:80], **told)

"""Which pictures of a waiting workbook somebody wants as evidence; none until it was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from issues.exchange.reading.items import PictureRead
from issues.models import LedgerImport
from issues.vocabulary import EvidenceKind

CHOICE = "pictures"


class Choice(NamedTuple):
    """`wanted` is None where nobody has said. `left` and `kinds` go by a picture's key."""

    wanted: bool | None = None
    left: frozenset[str] = frozenset()
    kinds: Mapping[str, EvidenceKind] = {}

    def kind_of(self, picture: PictureRead) -> EvidenceKind:
        return self.kinds.get(picture.key, picture.kind)

    def takes(self, picture: PictureRead) -> bool:
        """Every one, until it is left out."""
        return picture.key not in self.left

    def of(self, pictures: Sequence[PictureRead]) -> list[PictureRead]:
        """Those to be taken in, each of the kind somebody said."""
        if not self.wanted:
            return []
        return [replace(one, kind=self.kind_of(one)) for one in pictures if self.takes(one)]


EVERY = Choice(wanted=True)


def choice_of(row: LedgerImport) -> Choice:
    said: dict[str, Any] = row.report.get(CHOICE, {})
    kinds = {key: EvidenceKind(code) for key, code in said.get("kinds", {}).items()}
    return Choice(said.get("wanted"), frozenset(said.get("left", ())), kinds)


def choose(row: LedgerImport, choice: Choice) -> None:
    """Never commits."""
    kinds = {key: kind.value for key, kind in choice.kinds.items()}
    told = {"wanted": choice.wanted, "left": sorted(choice.left), "kinds": kinds}
    row.report = row.report | {CHOICE: told}

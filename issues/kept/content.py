"""One form as somebody left it, and how it is sealed into a row."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from issues.ground.secrecy import sealing
from issues.models import KeptForm

Said = tuple[tuple[str, str], ...]
"""Names and values in the order they were sent."""
LONGEST_TITLE = 120
LONGEST_SAYING = 12
"""A value of so many characters was typed: what a form carries unseen is shorter, or a number."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Content:
    """`page` is the address of the form's page with its query, `action` the path it is sent to.

    `key` is the form's own key (issues/once.py), `version` what the form was drawn from, `why`
    what was told when it was last refused, a sentence each.
    """

    page: str
    action: str
    said: Said
    title: str = ""
    key: str = ""
    version: str = ""
    why: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        return digest_of(self.action)

    @property
    def page_digest(self) -> str:
        return digest_of(self.page.partition("?")[0])

    def texts(self) -> list[str]:
        """What was typed for certain, not carried unseen: words, and whatever is long."""
        return [said for _, said in self.said if is_typed(said)]


def is_typed(text: str) -> bool:
    return bool(_CHINESE.search(text)) or (len(text) >= LONGEST_SAYING and " " in text.strip())


def digest_of(path: str) -> str:
    """A path is looked for by this, so that no row tells in plain which ticket it is about."""
    return hashlib.sha256(path.encode()).hexdigest()


def size_of(content: Content) -> int:
    """Bytes of what would be sealed."""
    return len(_written(content))


def seal(row: KeptForm, content: Content) -> None:
    text = _written(content)
    row.sealed, row.size = sealing.seal(text, _belongs_to(row)), len(text)
    row.key_id = sealing.current_key()


def opened(row: KeptForm) -> Content:
    """Raises CannotOpen."""
    told = json.loads(sealing.open_sealed(row.sealed, _belongs_to(row)))
    told["said"] = tuple((name, said) for name, said in told["said"])
    told["why"] = tuple(told["why"])
    return Content(**told)


def reseal(row: KeptForm) -> None:
    """With the key that seals now. Never commits. Raises CannotOpen."""
    seal(row, opened(row))


def titled(content: Content, title: str, why: Sequence[str] = ()) -> Content:
    short = " ".join(title.split())[:LONGEST_TITLE]
    return replace(content, title=short or content.title, why=tuple(why))


def _written(content: Content) -> bytes:
    return json.dumps(asdict(content), ensure_ascii=False).encode()


def _belongs_to(row: KeptForm) -> str:
    """One row of one person: moved to another's, it does not open."""
    return f"kept form {row.token} of account {row.user_id}"

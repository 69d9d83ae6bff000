"""What a call says of itself: the source of the OpenAPI document and of the reader's page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from issues.api.openapi.components import Answer
from issues.api.openapi.words import Schema

View = Callable[..., Any]

CALL = "call"
"""What a view says of itself stands at it under this name."""

JSON = "application/json"
MULTIPART = "multipart/form-data"
PDF = "application/pdf"
ANY_BYTES = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Call:
    """`summary` and `tag` are Chinese; `query` holds name → (type, what it means).

    `answer` is the shape of a JSON answer; None where the call answers bytes.
    """

    tag: str
    summary: str
    answer: Answer | None = None
    status: int = 200
    body: Schema | None = None
    query: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sends: str = JSON
    answers: str = JSON
    is_versioned: bool = False
    is_public: bool = False

    def accepts(self, media_types: Any) -> bool:
        """Whether a caller that accepts these can read the answer."""
        if not media_types or self.answers == ANY_BYTES:
            return True
        return media_types.quality(self.answers) > 0


def describes(tag: str, summary: str, **said: Any) -> Callable[[View], View]:
    call = Call(tag, summary, **said)

    def decorate(view: View) -> View:
        setattr(view, CALL, call)
        return view

    return decorate


def call_of(view: View | None) -> Call | None:
    return getattr(view, CALL, None)


def listed(query: Mapping[str, tuple[str, str]] | None = None) -> dict[str, tuple[str, str]]:
    """The query of a list: its own names and the two every list knows."""
    return {
        **(query or {}),
        "after": ("string", "上一页给出的 next"),
        "limit": ("integer", "每页条数，最多200"),
    }

"""Where the parts of a document stand on its pages, for one who lays a form over the picture."""

from typing import NamedTuple

from issues.notices.page.document import Document
from issues.notices.page.sheets import Box, Part, Sheets


class Places(NamedTuple):
    """A box a line. `body` has an entry for each paragraph of `document.body`, in its order.

    `attachments`: the title of each. `recipients` is empty where the 版记 names them.
    """

    pages: int
    title: tuple[Box, ...]
    recipients: tuple[Box, ...]
    body: tuple[tuple[Box, ...], ...]
    attachment_list: tuple[Box, ...]
    signer: tuple[Box, ...]
    date: tuple[Box, ...]
    contact: tuple[Box, ...]
    attachments: tuple[tuple[Box, ...], ...]


def places_of(sheets: Sheets, document: Document) -> Places:
    def boxes(part: Part) -> tuple[Box, ...]:
        return tuple(sheets.parts.get(part, ()))

    return Places(
        pages=len(sheets.pages),
        title=boxes(("title", 0)),
        recipients=boxes(("recipients", 0)),
        body=tuple(boxes(("body", place)) for place in range(len(document.body))),
        attachment_list=boxes(("attachment_list", 0)),
        signer=boxes(("signer", 0)),
        date=boxes(("date", 0)),
        contact=boxes(("contact", 0)),
        attachments=tuple(
            boxes(("attachments", place)) for place in range(len(document.attachments))
        ),
    )

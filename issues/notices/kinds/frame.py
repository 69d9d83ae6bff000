"""The frame every kind shares: numbered headings, the title that fits, the document itself."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from issues.notices.desk.pieces import Origin, Piece, numbered, ordinal
from issues.notices.kinds.own.meetings import people_of
from issues.notices.kinds.own.secrecy import printed
from issues.notices.kinds.shape import IssueFacts, NoticeFactsDoc
from issues.notices.kinds.wording import clause, formal, listed
from issues.notices.page.document import Attachment, Document, Form, Imprint, Level
from issues.notices.page.titles import stands_well

REPORT_MARK = "突出生态环境问题整改专报"
MINUTES = "会议纪要"
NO_ADDRESSEE = frozenset({"report", "minutes"})
WITH_WORD = frozenset({"file", "upward"})
"""Heads that say 文件 behind the issuer."""
LEAST_PLACE = 4
"""Signs before the colon of a ticket's name that tell where it is."""


class Body:
    """Paragraphs as they come, each with a name that lasts: 一、 then （一） then 1.

    A heading with nothing under it is left out. `at` says what the next ones come from.
    """

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._from = ("", Origin(0))
        self._under = ""
        self._heading: Piece | None = None
        self._met: Counter[str] = Counter()

    def at(self, name: str, origin: Origin) -> None:
        """What follows comes from this line of the template; `name` is the same in each draft."""
        self._from, self._under = (name, origin), ""

    def text(self, text: str) -> None:
        if text:
            self._add(Level.TEXT, text)

    def first(self, heading: str) -> None:
        self._heading = self._piece(Level.FIRST, heading, "") if heading else None

    def second(self, heading: str, text: str = "") -> None:
        self._under = heading
        self._add(Level.SECOND, f"{heading}{'。' if text else ''}{text}")

    def third(self, text: str, name: str = "") -> None:
        """`name`: what it tells of, where others may come before it another day."""
        self._add(Level.THIRD, text, name)

    def _add(self, level: Level, text: str, name: str = "") -> None:
        if self._heading:
            self.pieces.append(self._heading)
            self._heading = None
        self.pieces.append(self._piece(level, text, name))

    def _piece(self, level: Level, text: str, name: str) -> Piece:
        source, origin = self._from
        key = "/".join((source, self._under, str(level.value), name))
        self._met[key] += 1
        return Piece(f"{key}/{self._met[key]}", level, text, origin)


def subject(issues: Sequence[IssueFacts]) -> str:
    """What a title is about: the one problem, or how many."""
    if len(issues) == 1:
        title = clause(issues[0].get("title", ""))
        return title if title.endswith("问题") else f"{title}问题"
    regions = {issue.get("region_name", "") for issue in issues}
    region = regions.pop() if len(regions) == 1 else ""
    return f"{region}{len(issues)}个突出生态环境问题"


def named(facts: NoticeFactsDoc) -> str:
    """The one problem with its number, or how many, inside a sentence."""
    issues = facts["issues"]
    if len(issues) == 1:
        return f"“{subject(issues)}”（编号{issues[0].get('number', '')}）"
    return subject(issues)


def short_subjects(facts: NoticeFactsDoc) -> tuple[str, ...]:
    """In place of a ticket's name that makes a title too long: its place, else its number."""
    issues = facts.get("issues", [])
    numbers = listed([issue.get("number", "") for issue in issues][:1])
    place, colon, _what = clause(issues[0].get("title", "") if issues else "").partition("：")
    by_place = (f"{place}突出生态环境问题",) if colon and len(place) >= LEAST_PLACE else ()
    return (*by_place, f"{numbers}号突出生态环境问题")


def issued_by(facts: NoticeFactsDoc) -> str:
    """Who issues it, as its title says: of several the main organ and how many they are."""
    several = len(facts.get("partners") or []) + 1
    return facts["issuer"]["name"] + (f"等{ordinal(several)}部门" if several > 1 else "")


def fitting_title(facts: NoticeFactsDoc, titles: Sequence[str]) -> str:
    """The first that is set in three lines with its words whole, else the last."""
    phrases = phrases_of(facts)
    return next((title for title in titles if stands_well(title, phrases)), titles[-1])


def phrases_of(facts: NoticeFactsDoc) -> tuple[str, ...]:
    """Names no title line breaks: units, regions, the issuer."""
    issuer = facts["issuer"]["name"]
    names = [issuer, issued_by(facts).removeprefix(issuer), facts.get("unit_name", "")]
    for issue in facts.get("issues", []):
        names += [issue.get("primary_unit", ""), issue.get("lead_unit", "")]
        names.append(issue.get("region_name", ""))
    return tuple(dict.fromkeys(name for name in names if name))


def contact_line(facts: NoticeFactsDoc) -> str | None:
    contact = facts.get("contact") or {}
    parts = [("联系人", contact.get("name")), ("联系电话", contact.get("phone"))]
    text = "，".join(f"{label}：{value}" for label, value in parts if value)
    return text or None


def assemble(
    facts: NoticeFactsDoc,
    form: Form,
    title: str,
    pieces: Sequence[Piece],
    attachments: Sequence[Attachment] = (),
) -> Document:
    """A notice without a number or a day is a draft."""
    issuer = facts["issuer"]
    signed = facts.get("signed_on")
    on = date.fromisoformat(signed) if signed else None
    return Document(
        form=form,
        mark=_mark(facts, form),
        title=title,
        recipients="" if form in NO_ADDRESSEE else formal(facts.get("unit_name", "")),
        body=tuple(numbered(pieces)),
        signer=issuer["name"],
        number=facts.get("number"),
        date=on,
        urgency=facts.get("urgency"),
        attachments=tuple(attachments),
        copies=tuple(formal(copy) for copy in _copies(facts, form)),
        imprint=None if form == "letter" else Imprint(issuer["name"], on),
        contact=None if form == "minutes" else contact_line(facts),
        qr=facts.get("qr_url"),
        phrases=phrases_of(facts),
        draft=on is None or not facts.get("number"),
        example=facts.get("example", False),
        partners=tuple(map(formal, facts.get("partners") or [])),
        signers=tuple(facts["signers"]) if "signers" in facts else None,
        secrecy=printed(facts),
        copy_number=facts.get("copy_number") or None,
        people=people_of(facts) if form == "minutes" else (),
    )


def _copies(facts: NoticeFactsDoc, form: Form) -> list[str]:
    """Minutes go (分送) to whoever they are for, and to those named beside."""
    copies = facts.get("copies") or []
    to = facts.get("unit_name") if form == "minutes" else ""
    return list(dict.fromkeys([*([to] if to else []), *copies]))


def _mark(facts: NoticeFactsDoc, form: Form) -> str:
    """A letter bears the issuer's name, a 文件 says so behind it, a 专报 has a name of its own."""
    issuer = facts["issuer"]
    mark = issuer.get("mark") or issuer["name"]
    if form == "report":
        return issuer.get("report") or REPORT_MARK
    if form == "minutes":
        return f"{mark.removesuffix('文件')}{MINUTES}"
    return mark.removesuffix("文件") + ("文件" if form in WITH_WORD else "")

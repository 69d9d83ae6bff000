"""Each thing a city must or may say of itself: one row a line of the set-up page.

`needs`: what waits for it. The letterheads of counties' centres are in issues/city/centres.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from issues.city.sections import Needs, Section
from issues.city.words import NAME, OPINIONS, PHRASES, PREFIX, REPLY_WORKDAYS, SOURCES, Words
from issues.ground.refusals import WrongStatus
from issues.vocabulary import NoticeKind, Source

REPORT = "N5-report"
WRITTEN = (("N9-minutes", "会议纪要"), ("N9-request", "请示"), ("N9-statement", "报告"))
"""Papers of a person's own words that may have a 代字 of their own; the others bear that of N9."""


@dataclass(frozen=True, slots=True)
class Level:
    """Who signs: its key in the setting of issuers, and what the page calls it.

    `sample` is a template of notices that it signs.
    """

    key: str
    label: str
    needs: Needs
    sample: str


OFFICE = Level("office", "办公室", Needs.NOTICE, "N2")
COMMITTEE = Level("committee", "委员会", Needs.NOTHING, "N6")
LEVELS = (OFFICE, COMMITTEE)
ISSUED_BY_COMMITTEE = frozenset({NoticeKind.N6, NoticeKind.N7})


@dataclass(frozen=True, slots=True)
class Line:
    """`setting` is where it is kept, `path` its place in there. `why`: what it is for.

    `type`: text, lines (a list, one a line), choice, choices or integer. `shape`: what it must
    look like, as `asks` tells; `sample`: the template of notices that shows it.
    """

    key: str
    label: str
    why: str
    section: Section
    setting: str
    path: tuple[str, ...] = ()
    needs: Needs = Needs.NOTHING
    type: str = "text"
    limit: int = 40
    shape: str = ""
    asks: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    sample: str = ""

    @property
    def lack(self) -> str:
        """The sentence that names the line and where it is filled in."""
        return f"“{self.label}”还没有填写，请市环委办在“设置”页的“{self.section.label}”中填写。"


_HAN = r"[\u4e00-\u9fff（）]"
_CITY = (
    Line("city", "城市名称", "页面、导出和打印的名称。", Section.CITY, NAME, (), Needs.IMPORT,
         limit=20, shape=rf"{_HAN}{{1,18}}[市州盟区县]", asks="请写全称，如某某市"),
    Line("number_prefix", "编号前缀", "问题编号以它开头，已有编号不变。", Section.CITY, PREFIX, (),
         Needs.IMPORT, limit=4, shape="[A-Z]{2,4}", asks="应是2至4个大写字母"),
)  # fmt: skip


def _issuer(level: Level) -> tuple[Line, ...]:
    told = (
        ("mark", "发文机关标志", "红头上的字；“文件”二字由系统加。", 40),
        ("name", "发文机关全称", "标题、署名和版记中的名称。", 40),
        ("short", "发文机关简称", "正文中的自称。", 20),
    )
    return tuple(
        Line(f"{level.key}_{part}", f"{label}（{level.label}）", why, Section.ISSUERS,
             "notice_issuers", (level.key, part), level.needs, limit=limit, sample=level.sample)
        for part, label, why, limit in told
    )  # fmt: skip


def _series(name: str, label: str, level: Level) -> Line:
    return Line(
        f"series_{name.replace('-', '_').lower()}", f"{label}代字", "文号为代字〔年份〕序号。",
        Section.SERIES, "notice_series", (name,), _needs(name, level), limit=12,
        shape=r"[\u4e00-\u9fff]{2,12}", asks="应是2至12个汉字", sample=name,
    )  # fmt: skip


def _needs(name: str, level: Level) -> Needs:
    """What a city did without until now (N9), it may do without."""
    return Needs.NOTHING if name.startswith(NoticeKind.N9) else level.needs


def _all_series() -> tuple[Line, ...]:
    """A 专报 without a 代字 of its own bears that of its kind."""
    own = [
        _series(kind.value, kind.label, COMMITTEE if kind in ISSUED_BY_COMMITTEE else OFFICE)
        for kind in NoticeKind
    ]
    written = [_series(name, label, OFFICE) for name, label in WRITTEN]
    return (*own, *written, _series(REPORT, "专报", COMMITTEE))


_BASIS = (
    Line("basis", "依据", "正文“根据……”后写的法规和制度，每行一件。", Section.BASIS,
         "notice_basis", (), Needs.NOTICE, "lines", 60, sample="N1"),
    Line("basis_inspection", "督察事项的依据", "督察反馈和信访的问题，写在其他依据之前。",
         Section.BASIS, "notice_basis_inspection", (), limit=60),
)  # fmt: skip


def _copies(kind: NoticeKind) -> Line:
    return Line(
        f"copies_{kind.value.lower()}", f"{kind.label}抄送", "固定抄送的单位，每行一个。",
        Section.RECIPIENTS, "notice_copies", (kind.value,), type="lines", sample=kind.value,
    )  # fmt: skip


_RECIPIENTS = (
    Line("everybody", "通报主送", "通报的主送机关，用统称。", Section.RECIPIENTS,
         "notice_everybody", limit=120, sample="N5"),
    Line("discipline", "问责线索移交主送", "纪检监察机关全称。", Section.RECIPIENTS,
         "notice_discipline", sample="N7"),
    Line("report_to", "专报报送", "专报呈送的机关，每行一个。", Section.RECIPIENTS,
         "notice_report_to", type="lines", sample=REPORT),
    *map(_copies, (NoticeKind.N2, NoticeKind.N3, NoticeKind.N6)),
)  # fmt: skip
_PARTNERS = (
    Line("partners", "联合行文机关",
         "可与本市发文机关联合署名的机关，每行一个，写全称，简称用括号写在后面，起草时选用。",
         Section.ISSUERS, "notice_partners", type="lines", limit=60),
)  # fmt: skip
_CONTACT = (
    Line("contact_name", "联系人", "登录页、文书末尾和公示中的联系人或科室。", Section.CONTACT,
         "notice_contact", ("name",), Needs.NOTICE, limit=20, sample="N1"),
    Line("contact_phone", "联系电话", "写在联系人之后。", Section.CONTACT, "notice_contact",
         ("phone",), limit=20, shape=r"[0-9()（）\- 转]{5,20}", asks="应是电话号码", sample="N1"),
)  # fmt: skip
_URGENCY = (("加急", "加急"), ("特急", "特急"))
_SOURCES = (
    Line("sources", "登记时可选的来源",
         "未选的来源登记时不出现；导入和已有事项不受影响。各来源的时限、权重等在“规则”中修改。",
         Section.SOURCES, SOURCES, type="choices",
         choices=tuple((source.value, source.label) for source in Source)),
)  # fmt: skip
_HANDLING = (
    *(
        Line(f"urgency_{kind.value.lower()}", f"{kind.label}紧急程度", "印在首页左上角。",
             Section.HANDLING, "notice_urgency", (kind.value,), type="choice", choices=_URGENCY,
             sample=kind.value)
        for kind in (NoticeKind.N2, NoticeKind.N3)
    ),
    Line("hanging_reply", "挂牌督办反馈时限", "签发后的工作日数，1至60。", Section.HANDLING,
         "hanging_reply_workdays", (), Needs.NOTHING, "integer", 60),
    Line("phrases", "批示常用语", "市领导批示时点选，每行一句；各人可另存自己的。",
         Section.INSTRUCTIONS, PHRASES, type="lines", limit=60),
    Line("instruction_reply", "批示答复期限", "批示后的工作日数，1至60，批示时可改。",
         Section.INSTRUCTIONS, REPLY_WORKDAYS, type="integer", limit=60),
    Line("opinions_yes", "同意时的常用语", "写意见时点选，每行一句；各人可另存自己的。",
         Section.OPINIONS, OPINIONS[0], type="lines", limit=60),
    Line("opinions_no", "退回时的常用语", "写理由时点选，每行一句；各人可另存自己的。",
         Section.OPINIONS, OPINIONS[1], type="lines", limit=60),
)  # fmt: skip

LINES: tuple[Line, ...] = (
    *_CITY,
    *(line for level in LEVELS for line in _issuer(level)),
    *_PARTNERS,
    *_all_series(),
    *_BASIS,
    *_RECIPIENTS,
    *_CONTACT,
    *_SOURCES,
    *_HANDLING,
)
BY_KEY: Mapping[str, Line] = {line.key: line for line in LINES}


def lines_of(section: Section) -> tuple[Line, ...]:
    return tuple(line for line in LINES if line.section is section)


def said(line: Line, words: Words) -> Any:
    """What the city says at this line; None, an empty text or list where it says nothing."""
    value: Any = words.get(line.setting)
    for part in line.path:
        value = (value or {}).get(part)
    return value


def is_said(line: Line, words: Words) -> bool:
    return said(line, words) not in (None, "", [])


class NotSetUp(WrongStatus):
    """The city has not yet said what this act needs."""

    heading = "还没有设置"

    def __init__(self, line: Line) -> None:
        super().__init__(line.lack)
        self.mended_at = line.section.page


def require(key: str, words: Words) -> Any:
    """What the city says at a line. Raises NotSetUp, whose sentence leads to it."""
    line = BY_KEY[key]
    if not is_said(line, words):
        raise NotSetUp(line)
    return said(line, words)

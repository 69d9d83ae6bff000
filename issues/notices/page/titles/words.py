"""Where a title may be broken: between words, names, figures and quotations, never inside one.

Words are told by the word list of jieba (in its Rust edition), which knows no unit, place or term
of the field: names come with the document, and the terms stand here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import rjieba

from issues.notices.page.figures import UNITS
from issues.notices.page.lines import NEVER_FIRST, NEVER_LAST

# Terms of these titles that the word list does not hold, or holds in pieces.
WORDS = tuple(
    """
    关于 通知书 通知 通报 提示函 移交函 函 纪要 督办 挂牌督办 挂牌 摘牌 红牌 黄牌
    约谈 交办 问责 线索 移交 销号 退回整改 整改 突出 生态环境 环境 问题 工作
    严重 滞后 逾期 限期 有关 情况 事项 推进 调度 督察 反馈 信访 举报
    市级 省级 中央 暗访 督导 办公室 委员会 环境保护 人民政府 污水处理站 污水处理厂
    污水站 污水厂 处理站 处理厂 处理 管网 排放 噪声 扬尘 固体废物 垃圾 养殖 河道 河流 水质
    场镇 农村 黑臭 水体 不到位 不规范 不正常 运行 运维 破损 渗漏 生活污水 建设
    设施 进一步 加快 切实 做好 开展 及时 提请 解除 以及 第一轮 第二轮
    第三轮 直排 散排 偷排 漏排 溢流 超标 长期 违规 违法 生产 企业 公司 工业 集中区
    园区 支流 流域 水库 水源地 饮用水 矿山 采石场 砂石 加工厂 堆放 堆场 渣土
    弃土 尾矿 秸秆 焚烧 油烟 餐饮 异味 臭气 恶臭 粉尘 施工 工地 道路 雨污 分流
    混流 管道 泵站 提升 改造 修复 复绿 防渗 防尘 降尘 导致 造成 落实 制度 环评
    验收 自然 保护区 湿地 林地 耕地 河段 岸线 断面 达标 配套 有限 责任 聚居点 中转站 化粪池 渗滤液
    突出问题 防火便道 限位开关 责任单位 冒黑烟 满负荷 超负荷 只进水 炼油锅
    """.split()  # noqa: SIM905 - quoted words are harder to read
)
Width = Callable[[str], float]
NEVER_HEAD_WORDS = frozenset("的地得和与及或等了们")
_LEADING = frozenset(
    "对未不仅把由将被从在向至于以为每各该本第约近超新旧全无有已拟应须可请再仍也又都就当按经因若某"
    "多只还没至较更最逐"
)
"""Single signs that belong to the word after them; any other belongs to the word before."""
_UNIT = "|".join(UNITS)
_COUNTED = (
    "号级类条项个年月日批轮次份起家户处吨亩座台人只头羽株米元天点时分辆艘件枚根层栋间帕度升克米村"
)
_WHOLE = (
    re.compile(rf"[0-9A-Za-z〔〕\-.%±/³²]+[余多]?[万亿千百]?(?:{_UNIT}|[{_COUNTED}])?"),
    re.compile(rf"[一二三四五六七八九十百千万]+(?:是|、|{_UNIT}|[{_COUNTED}])"),
    re.compile(
        r"(?:(?<=关于)|(?<=关于对)|(?<=约谈)|(?<=移交)|(?<=[、：]))"
        r"[\u4e00-\u9fff]{1,4}?(?:街道|社区|[镇乡村县区湖河])"
    ),
    re.compile(r"（[^（）]{1,4}）|\([^()]{1,4}\)"),
)
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|〔[^〔〕]*〕")
KEEPING_NAMES = 2
"""So many of the lists below keep names and terms whole."""
_DIGITS = frozenset("0123456789%")


@lru_cache(maxsize=512)
def words_of(title: str) -> tuple[str, ...]:
    return tuple(rjieba.cut(title, hmm=False))


def gaps_by_strictness(title: str, phrases: Sequence[str]) -> Iterator[list[int]]:
    """The places a line may begin at, first where all is kept whole, then with less and less kept.

    A later list is for a title that no earlier one can set. None tears a word.
    """
    whole = _inside(title, phrases)
    marks = {n for n in range(1, len(title)) if not may_begin(title, n)}
    quoted = {n for found in _QUOTED.finditer(title) for n in range(found.start() + 1, found.end())}
    words, loose = _word_bounds(title, whole)
    yield sorted(words - loose - whole - marks - quoted)
    yield sorted(words - loose - whole - marks)
    yield sorted(words - _inside(title, ()) - marks)


def may_begin(title: str, place: int) -> bool:
    """Whether a line may begin at this place, as far as marks are concerned."""
    before, after = title[place - 1], title[place]
    return not (
        after in NEVER_FIRST or before in NEVER_LAST or after in NEVER_HEAD_WORDS or after == "（"
    ) and not (before == after and before in "—…")


def _inside(title: str, phrases: Sequence[str]) -> set[int]:
    """The places inside a name, a term, a figure with its unit or a short bracket."""
    spans = [*_named(title, phrases)]
    spans += [match.span() for pattern in _WHOLE for match in pattern.finditer(title)]
    found = {place for start, end in spans for place in range(start + 1, end)}
    return found | {n for n in range(1, len(title)) if title[n - 1] in _DIGITS}


def _named(title: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in {*phrases, *WORDS}:
        start = title.find(word) if len(word) > 1 else -1
        while start >= 0:
            yield start, start + len(word)
            start = title.find(word, start + 1)


def _word_bounds(title: str, whole: set[int]) -> tuple[set[int], set[int]]:
    """The places between words; and of those the ones beside a sign that belongs to its word.

    A sign of a name or a term, which is whole anyway, belongs to no other word.
    """
    bounds, loose, place, before = set(), set(), 0, False
    for word in words_of(title):
        end = place + len(word)
        alone = len(word) == 1 and word not in NEVER_FIRST and word not in NEVER_LAST
        alone = alone and place not in whole and end not in whole
        if alone:
            loose.add(end if word in _LEADING else place)
            loose.update({place} if before else ())
        place, before = end, alone
        bounds.add(end)
    bounds.discard(len(title))
    return bounds, loose


def width_by_rule(text: str) -> float:
    """Ems without a face: a little more than Latin letters and figures take in any of them."""
    return sum(_by_rule(character) for character in text)


def _by_rule(character: str) -> float:
    if not character.isascii():
        return 1.0
    return 0.75 if character.isupper() else 0.6

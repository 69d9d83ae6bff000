"""The title of a ticket that has none of its own: what the matter is, in a few words.

Findings begin with words that say who found something, when, or that something was found. They
are listed here; a clause made of nothing else is passed over, and so is such a beginning.
"""

import re
from collections.abc import Iterator

from issues.exchange.workbook.sheet import plain

LONGEST_TITLE = 40
SHORTEST = 6
"""A clause shorter than this is told with the next one of its sentence."""
UNSAID = "未写明具体内容的问题"

WHO = """
    中央 国家 省委 省政府 市委 市政府 省级 市级 县级 区级 省 市 县 区 全省 全市 我省 我市 我县 我区
    生态环境保护 生态环境 环境保护 环保 环委办 委员会 办公室 专班 工作组 督察局 督察办 专家组 组
    督察组 督导组 检查组 暗访组 调研组 核查组 巡查组 督察 督查 督导 暗访 暗查 明查 检查 核查 巡查
    抽查 排查 自查 调查 调研 走访 巡视 巡察 审计 执法 监测 监管 下沉 进驻 现场 实地 专项 例行 日常
    帮扶 行动 回头看 工作 群众 网民 市民 村民 居民 人员 媒体 记者 信访 举报 投诉 来信 来电 来访 件
    人 热线 警示片 长江经济带 长江 黄河
"""
WHEN = """
    年度 年 月 日 上半年 下半年 季度 上旬 中旬 下旬 期间 以来 截至 截止 至今 目前 近期 近日 当前
    此前 日前 此次 本次 这次 本轮 上轮 首轮 轮次 轮 批次 批 次 第 期 同时 此外 另外 首先 其次 其一
    其二 时 后 前 底 初 末
"""
FOUND = """
    发现 指出 反馈 反映 显示 表明 通报 曝光 披露 查明 认为 提出 强调 交办 转办 移交 认定 揭示 点名
"""
ABOUT = """
    主要 存在 以下 如下 下列 有关 相关 突出 具体 情况 问题 意见 线索 清单 事项 描述 内容 报告 整改
    方面 过程 过程中 还 仍 也 并 已 对 经 据 根据 按照 在 从 由 向 中 的 了 是 等 及 和 与
    个 项 条 一 共 为 序号 编号
"""
STOCK = tuple(f"{WHO} {WHEN} {FOUND} {ABOUT}".split())
"""Words that alone say nothing of the matter."""

_FOUND = frozenset(FOUND.split())
_COUNT = r"[〇零一二两三四五六七八九十百\d①-⑳㈠-㈩]"
_STOCK = frozenset(STOCK)
_LENGTHS = sorted({len(word) for word in STOCK})
_BETWEEN = re.compile(rf"{_COUNT}+|[\s、（）()《》“”\"\[\]【】.．/—-]+")
_MATTER = re.compile(r"(?:了|到|出)?(?!问题|意见|强烈|情况|率|力|的|者|人|不|较|集中)(?=.{4})")
"""What follows a word for finding where the matter itself follows."""
_MARK = re.compile(
    rf"\s*(?:[（(【\[]\s*{_COUNT}+\s*[)）\]】]|第{_COUNT}+[，、：:\s]|第?{_COUNT}+[、．]|\d+[.](?!\d)"
    rf"|[①-⑳㈠-㈩]|(?:问题|事项|其){_COUNT}+[，、：:.．\s]?|{_COUNT}+是)\s*"
)
"""The number of a finding among others."""
_SENTENCE = re.compile(r"[。；;\n]")
_CLAUSE = re.compile(r"[，：,:]")


def short_title(place: str, problem: str) -> str:
    """The place and what the first clause that says something says, at most LONGEST_TITLE."""
    title = "：".join(part for part in (plain(place), _matter(problem)) if part) or UNSAID
    if is_stock(title[: LONGEST_TITLE - 1]):
        return UNSAID
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


def is_stock(words: str) -> bool:
    """Whether words say nothing of a matter."""
    return _after_stock(words)[0] == len(words)


def _after_stock(words: str) -> tuple[int, int]:
    """Where the stock words end that it begins with, and where the matter then follows; else 0.

    However the letters fall into words: 省委员会 is 省 and 委员会, though it begins with 省委. Each
    place is looked at once, so that no text takes long.
    """
    furthest = matter = 0
    reached = {0}
    for place in range(len(words) + 1):
        if place not in reached:
            continue
        furthest = place
        for length in _LENGTHS:
            word, end = words[place : place + length], place + length
            if word in _STOCK:
                reached.add(end)
            if word in _FOUND and (follows := _MATTER.match(words, end)):
                matter = max(matter, follows.end())
        if found := _BETWEEN.match(words, place):
            reached.add(found.end())
    return furthest, matter


def _matter(problem: str) -> str:
    for clauses in _telling(problem):
        said = ""
        for clause in clauses:
            said = f"{said}，{clause}" if said else clause
            if len(said) >= SHORTEST:
                break
        return said
    return ""


def _telling(problem: str) -> Iterator[list[str]]:
    """Of each sentence that says something, its clauses from the first that does."""
    for sentence in _SENTENCE.split(problem):
        clauses = [clause for part in _CLAUSE.split(sentence) if (clause := _trimmed(part))]
        while clauses and is_stock(clauses[0]):
            clauses.pop(0)
        if clauses:
            yield clauses


def _trimmed(clause: str) -> str:
    """Without its number and who found it."""
    words, start = clause.strip(), 0
    while mark := _MARK.match(words, start):
        start = mark.end()
    words = words[start:]
    rest = words[_after_stock(words)[1] :].strip()
    return words if is_stock(rest) else rest

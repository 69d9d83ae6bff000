"""How much a text says of its own, beside the stock phrases that fit every case."""

import re

_NO_WORD = re.compile(r"[\W_]+")
_HOW = "已经|已|均已|均|正在|全部|全面|基本|按要求|抓紧|立即|认真|积极|高度"
_DONE = "整改|完成|落实|办理|处理|部署|推进|重视|知悉|收悉|研究|制定|反馈|完毕|到位"
_WHOLE = (
    "整改完毕|整改完成|整改到位|整改落实|情况属实|基本属实|属实|情况说明|同意|收到|已阅|无异议|"
    "无意见|详见附件|请见附件|见附件|特此报告|特此回复|特此函复|如下"
)
_STOCK = re.compile(f"(?:{_HOW}){{1,4}}(?:{_DONE}){{1,4}}|{_WHOLE}")


def own_words(text: str) -> int:
    """Signs left of a text without marks and stock phrases; the same few over and over are few."""
    left = _STOCK.sub("", _NO_WORD.sub("", text))
    return min(len(left), 2 * len(set(left)))


def lack_of_words(text: str, least: int) -> str:
    """What a text lacks that is to say at least so much; "" where it does."""
    found = own_words(text) if least else 0
    if found >= least:
        return ""
    return (
        "须写明采取了哪些措施、完成到什么程度，“已整改”“已完成”“属实”“同意”一类的话不计，"
        f"不少于{least}字，现有{found}字"
    )

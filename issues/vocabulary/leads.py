"""Words of leads: who told of something, what became of it, what is done to it."""

from issues.vocabulary.ticket import Source
from issues.vocabulary.word import Word


class LeadOrigin(Word):
    """Where a lead comes from. `source` is what a ticket made of it is first filed under."""

    source: Source

    def __init__(self, _code: str, _label: str = "", source: Source = Source.QT) -> None:
        self.source = source

    REMOTE_SENSING = "remote_sensing", "遥感监测", Source.YG
    GREENSHIELD = "greenshield", "绿盾行动", Source.LD
    ONLINE_MONITOR = "online_monitor", "在线监测", Source.ZC
    HOTLINE = "hotline", "12345热线", Source.RX
    MEDIA = "media", "媒体曝光", Source.MT
    PATROL = "patrol", "日常巡查", Source.ZC
    OTHER = "other", "其他", Source.QT


class LeadState(Word):
    """What became of a lead. It is never removed."""

    NEW = "new", "待研判"
    TICKET = "ticket", "已登记为问题"
    LINKED = "linked", "已并入事项"
    DISMISSED = "dismissed", "不予登记"


class LeadAct(Word):
    """What is done to a lead, as its history names it."""

    TAKE = "take", "收到线索"
    TO_TICKET = "to_ticket", "登记为问题"
    LINK = "link", "并入事项"
    DISMISS = "dismiss", "不予登记"

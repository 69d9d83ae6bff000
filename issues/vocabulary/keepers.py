"""Words of 包保: who keeps an eye on what lies in a place, and what is done about it."""

from issues.vocabulary.word import Word


class KeeperLevel(Word):
    """For how much somebody is a keeper, the widest first."""

    short: str

    def __init__(self, _code: str, _label: str = "", short: str = "") -> None:
        self.short = short

    AREA = "area", "领导包片", "包片"
    SECTION = "section", "部门包段（村）", "包段"
    HOUSEHOLD = "household", "干部包户", "包户"

    @property
    def text_field(self) -> str:
        """The field of a ticket that holds such a keeper as words."""
        return f"{self.value}_keeper"

    @property
    def column(self) -> str:
        """What an export calls those whom a ticket has on this level."""
        return f"kept_{self.value}"


class KeeperDuty(Word):
    """What a keeper should do about a ticket now."""

    VISIT = "visit", "查看"
    URGE = "urge", "催办"
    REPORT = "report", "报告"


class KeeperAct(Word):
    """What is done to a keeper, as the keeper's own history names it."""

    ADD = "add", "登记包保人"
    AMEND = "amend", "修改包保人"
    END = "end", "停用包保人"
    GIVE = "give", "指定包保"
    RELEASE = "release", "结束包保"
    HAND_OVER = "hand_over", "移交包保"
    TAKE_OVER = "take_over", "接手包保"
    DELIVER = "deliver", "交送清单"

"""The parts of the set-up page, and what waits for a line of one."""

from enum import Enum

from issues.rights.words import Right

ADDRESS = "/setup"


class Needs(Enum):
    """What cannot be done without: the first import or registration, the first notice, nothing."""

    IMPORT = "import"
    NOTICE = "notice"
    NOTHING = ""


class Section(Enum):
    """The parts of the page, each saved by itself by who holds `right`.

    `shown`: the templates whose first page shows what it says.
    """

    CITY = "city", "城市", Right.SET_UP, ()
    ISSUERS = "issuers", "发文机关", Right.EDIT_TEMPLATE, ("N2", "N6")
    CENTRES = "centres", "县级指挥中心", Right.EDIT_TEMPLATE, ()
    SERIES = "series", "发文字号", Right.EDIT_TEMPLATE, ("N2",)
    BASIS = "basis", "发文依据", Right.EDIT_TEMPLATE, ("N1",)
    RECIPIENTS = "recipients", "主送和抄送", Right.EDIT_TEMPLATE, ("N5", "N7")
    CONTACT = "contact", "联系人", Right.EDIT_TEMPLATE, ("N1",)
    SOURCES = "sources", "问题来源", Right.EDIT_TEMPLATE, ()
    HANDLING = "handling", "紧急程度和时限", Right.EDIT_TEMPLATE, ("N3",)
    INSTRUCTIONS = "instructions", "批示", Right.EDIT_TEMPLATE, ()
    OPINIONS = "opinions", "审核常用语", Right.EDIT_TEMPLATE, ()

    def __init__(self, key: str, label: str, right: Right, shown: tuple[str, ...]) -> None:
        self.key, self.label, self.right, self.shown = key, label, right, shown

    @property
    def page(self) -> str:
        return f"{ADDRESS}#{self.key}"

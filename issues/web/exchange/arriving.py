"""A workbook that has just come, read before it is kept; and one that waits to be imported."""

from issues.exchange import uploads
from issues.exchange.importing import understand_workbook
from issues.exchange.matching import kept
from issues.exchange.matching.recognise import UnknownHeading
from issues.exchange.reading.constants import NOT_TOML, laid_over, profile_of
from issues.exchange.reading.items import Understood
from issues.exchange.reading.profile import ProfileError
from issues.exchange.workbook.package import UnreadableWorkbook
from issues.exchange.workbook.sheet import read_sheets
from issues.ground import clock
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import LedgerImport
from issues.web.door import forms


class Judge:
    """Reads a workbook before it is kept. `told`: with the layout it was recognised by."""

    def __init__(self, told: str) -> None:
        self.told, self.is_known = told, True

    def __call__(self, content: bytes) -> Understood | None:
        """None where nobody has said yet what its columns are. Raises Incomplete, Marked."""
        try:
            understood = understand_workbook(
                content, profile_of(self.told), clock.today(), is_apart_left=True
            )
        except UnknownHeading:
            self.is_known = False
            uploads.refuse_marked_cells(read_sheets(content))
            return None
        except UnreadableWorkbook as wrong:
            raise Incomplete({"workbook": [wrong.sentence]}) from None
        if layout := kept.named(understood.recognised):
            self.told = laid_over(layout.document, self.told)
        return understood


def told_beside() -> str:
    """The text of the profile sent with the workbook. Raises Incomplete."""
    file = forms.file("profile")
    if file is None:
        return ""
    try:
        text = file.stream.read(uploads.MOST_BYTES).decode("utf-8-sig")
        profile_of(text)
    except UnicodeDecodeError:
        raise Incomplete({"profile": [NOT_TOML]}) from None
    except ProfileError as wrong:
        raise Incomplete({"profile": [wrong.sentence]}) from None
    return text


def waiting(upload_id: int) -> LedgerImport:
    """Raises NotFound, and WrongStatus where the workbook was imported already."""
    row = uploads.load(upload_id, for_change=True)
    if row.confirmed_at is not None:
        raise WrongStatus("这份工作簿已经导入，没有重复导入。")
    return row

"""What is told beside a workbook that has just come; and one that waits to be imported."""

from issues.exchange import uploads
from issues.exchange.reading.constants import NOT_TOML, profile_of
from issues.exchange.reading.profile import ProfileError
from issues.ground.refusals import Incomplete, WrongStatus
from issues.models import LedgerImport
from issues.web.door import forms


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

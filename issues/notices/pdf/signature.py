"""What a digital signature on a frozen document is to the product, whoever makes it."""

from datetime import datetime
from typing import NamedTuple, Protocol


class Stamp(NamedTuple):
    """A time stamp: when, by whose clock, and whether that clock is trusted."""

    at: datetime
    by: str
    is_good: bool


class Finding(NamedTuple):
    """What a look at a PDF's signature found. `signer` is the name in the certificate.

    `is_lasting`: the file holds what tells later that the certificate was not revoked.
    """

    signer: str
    is_intact: bool
    is_trusted: bool
    covers_file: bool
    signed_at: datetime | None
    stamp: Stamp | None = None
    is_lasting: bool = False

    @property
    def is_good(self) -> bool:
        return self.is_intact and self.is_trusted and self.covers_file

    @property
    def sentence(self) -> str:
        if not self.is_intact or not self.covers_file:
            return "数字签名无效：文件在签名后被改动"
        if not self.is_trusted:
            return "数字签名完整，但签名证书不受信任或已失效"
        return "数字签名有效，文件自签名后未被改动"

    @property
    def stamp_sentence(self) -> str:
        """Beside the moment and the name of the service; empty where there is no stamp."""
        if self.stamp is None:
            return ""
        if not self.stamp.is_good:
            return "时间戳不能确认：签发时间戳的证书不受信任，或时间戳与文件不符"
        return "时间戳有效" + ("，文件带有长期验证数据" if self.is_lasting else "")


class Signer(Protocol):
    """What signs a frozen document and looks at a signed one."""

    def sign(self, pdf: bytes, reason: str) -> bytes:
        """The same file with a signature appended: its first bytes are unchanged."""

    def sign_data(self, data: bytes) -> bytes:
        """A detached signature over any bytes, as CMS in DER."""

    def holds_until(self) -> datetime:
        """The moment from which on what it signs is not trusted."""

    def lists_until(self) -> datetime | None:
        """From when on its lists of revoked certificates are out of date; None where it has none.

        With lists that are out of date it signs nothing.
        """

    def look(self, pdf: bytes) -> Finding | None:
        """None where the file bears no signature."""

"""Why a file is not taken or not given: each with one sentence for the person.

`status` is the HTTP status the interface promises for it.
"""

from typing import ClassVar

MEBIBYTE = 1024 * 1024


class EvidenceRefused(Exception):
    """A file that is not taken. `str()` is the sentence for the person."""

    status: ClassVar[int] = 422
    heading: ClassVar[str] = "文件没有保存"


class KindNotAllowed(EvidenceRefused):
    """The kind is not in the table, or the bytes are not what the name says."""

    status = 415
    heading = "文件类型不允许"


class BrokenFile(EvidenceRefused):
    """The right kind, but empty, cut off, too much to unpack, or carrying active content."""


class CutShort(EvidenceRefused):
    """Fewer or more bytes arrived than were declared."""

    def __init__(self, declared: int, arrived: int) -> None:
        super().__init__(
            f"文件传输不完整：应有 {declared} 字节，收到 {arrived} 字节，未保存，请重新上传。"
        )


class Altered(EvidenceRefused):
    """The bytes that arrived are not those the sender has."""

    def __init__(self) -> None:
        super().__init__("收到的内容与原文件不一致，未保存，请重新上传。")


class TooLarge(EvidenceRefused):
    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(f"文件超过 {limit // MEBIBYTE} MB 的上限，未保存，请压缩或拆分后再上传。")


class TooMuchOnItsWay(EvidenceRefused):
    """What one person has begun to send and not finished would weigh too much together."""

    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"您未传完的文件合计超过 {limit // MEBIBYTE} MB，"
            "请先传完已开始的文件，或等待一天后自动清理。"
        )


class NoSpace(EvidenceRefused):
    status = 507
    heading = "存储空间不足"

    def __init__(self) -> None:
        super().__init__("服务器存储空间不足，文件未保存，请联系系统管理员后重试。")


class NotWritable(EvidenceRefused):
    """The disk of the store can only be read."""

    status = 503
    heading = "现在不能保存文件"

    def __init__(self) -> None:
        super().__init__("服务器存储现在只能读取，文件未保存，请联系系统管理员后重试。")


class StoreUnavailable(EvidenceRefused):
    """The object store does not answer or answers wrongly. Nothing was acknowledged."""

    status = 503
    heading = "存储服务暂时不可用"

    def __init__(self) -> None:
        super().__init__("存储服务暂时不可用，请稍后重试。")


class Damaged(Exception):
    """The kept bytes do not hold their digest; they are not to be shown to anyone."""

    status: ClassVar[int] = 500

    def __init__(self, sha256: str) -> None:
        self.sha256 = sha256
        super().__init__("该佐证原件已损坏，系统已停止提供，请联系系统管理员从备份恢复。")


class Missing(Damaged):
    """No bytes are kept under the digest."""

"""Words of long work: what is done outside a request, and how far a piece of it has come.

Beside them, what is done with a backup.
"""

from issues.vocabulary.word import Word


class WorkKind(Word):
    """What a person asked for that takes longer than anybody looks at a page."""

    READ = "read", "识别台账"
    COMPARE = "compare", "与台账比对"
    WRITE = "write", "导入台账"
    EXPORT = "export", "导出台账"
    REFORM = "reform", "单位调整"
    ROUND = "round", "结束调度"


class WorkState(Word):
    """`queued` waits for a worker, `running` is held by one; the others are over."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    FAILED = "failed", "未成功"
    BROKEN = "broken", "中断"
    CANCELLED = "cancelled", "已取消"


class BackupKind(Word):
    """What is done with a backup."""

    TAKE = "take", "备份"
    DRILL = "drill", "恢复演练"

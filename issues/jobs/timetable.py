"""Every job of the product on one screen. Each is done once a business day, in this order.

The outward one, and the one that people wait for, are looked after all day long.
"""

from issues.jobs.job import Job
from issues.jobs.steps import (
    adopt_policy,
    anchor,
    check_record,
    check_thresholds,
    draft_notices,
    forget_keys,
    open_round,
    plan_lookbacks,
    scrub_evidence,
    send_anchor,
    send_outbox,
    sweep_orphans,
    write_digests,
    write_dossiers,
)
from issues.jobs.steps.backups import backup, drill
from issues.jobs.steps.messages import send_messages, tell_colours, tell_deadlines, tell_leads
from issues.jobs.steps.scores import book_scores

TIMETABLE = (
    Job("adopt-policy", "启用新规则", adopt_policy.find, adopt_policy.do),
    Job("check-thresholds", "复核颜色", check_thresholds.find, check_thresholds.do, "处差异"),
    Job(
        "draft-notices", "起草督办文书", draft_notices.find, draft_notices.do, "份",
        is_of_the_last_day=True,
    ),
    Job("open-round", "开启调度", open_round.find, open_round.do, "次"),
    Job("plan-lookbacks", "安排回头看", plan_lookbacks.find, plan_lookbacks.do, "项"),
    Job("book-scores", "核算考核记分", book_scores.find, book_scores.do, "年度"),
    Job("write-digests", "生成每周提要", write_digests.find, write_digests.do, "份"),
    Job("tell-colours", "提醒转色", tell_colours.find, tell_colours.do, "人次"),
    Job(
        "tell-deadlines", "提醒临近的时限", tell_deadlines.find, tell_deadlines.do, "人次",
        is_of_the_last_day=True,
    ),
    Job("tell-leads", "提醒研判线索", tell_leads.find, tell_leads.do, "人次"),
    Job("anchor", "固定历史锚点", anchor.find, anchor.do, "个"),
    Job("check-record", "核验数据行", check_record.find, check_record.do, "处不符"),
    Job("scrub-evidence", "核验佐证材料", scrub_evidence.find, scrub_evidence.do, "份"),
    Job("sweep-orphans", "清理无主文件", sweep_orphans.find, sweep_orphans.do, "个"),
    Job("forget-keys", "清除过期的提交标识", forget_keys.find, forget_keys.do, "个"),
    Job("write-dossiers", "批量一题一档", write_dossiers.find, write_dossiers.do, is_asked=True),
    Job("backup", "每日备份", backup.find, backup.do, "份", is_outward=True),
    Job("send-anchor", "送出历史锚点", send_anchor.find, send_anchor.do, "个", is_outward=True),
    Job("send-outbox", "发送站外通知", send_outbox.find, send_outbox.do, "条", is_outward=True),
    Job(
        "send-messages", "发送消息和事件推送", send_messages.find, send_messages.do, "条",
        is_outward=True,
    ),
    Job("drill", "恢复演练", drill.find, drill.do, "次", is_outward=True),
)  # fmt: skip
JOBS = {job.name: job for job in TIMETABLE}

"""What a person may be allowed to do: the acts on a ticket, and the rights beside them."""

from enum import Enum

from issues.vocabulary import Action


class Right(Enum):
    """What may be done beside the acts on a ticket."""

    VIEW = "view"
    SEE_COVERT = "see_covert"
    WRITE_COVERT = "write_covert"
    SEE_WITHDRAWN = "see_withdrawn"
    SEE_FLAGS = "see_flags"
    REVIEW_READING = "review_reading"
    FLAG_COUNTS = "flag_counts"
    IMPORT = "import_ledger"
    EXPORT_PROFILES = "export_profiles"
    BOARD = "board"
    NOTICES = "notices"
    DRAFT_NOTICE = "draft_notice"
    DRAFT_REFERRAL = "draft_referral"
    SIGN_AS_OFFICE = "sign_as_office"
    SIGN_AS_HEAD = "sign_as_head"
    SIGN_AS_LEADER = "sign_as_leader"
    ANSWER_NOTICE = "answer_notice"
    REVIEW_REPLY = "review_reply"
    TEMPLATES = "templates"
    EDIT_TEMPLATE = "edit_template"
    FONTS = "fonts"
    OUTBOX = "outbox"
    SEE_ROUNDS = "see_rounds"
    ROUNDS = "rounds"
    CLOSE_ROUND = "close_round"
    LOOKBACKS = "lookbacks"
    POLICY = "policy"
    DRAFT_POLICY = "draft_policy"
    PUBLISH_POLICY = "publish_policy"
    CALENDAR = "calendar"
    FILL_CALENDAR = "fill_calendar"
    GRANT_CLEARANCE = "grant_clearance"
    WRITE_COMPLAINANT = "write_complainant"
    ACCOUNTS = "accounts"
    UNITS = "units"
    GRANTS = "grants"
    REVIEW_ACCOUNTS = "review_accounts"
    HISTORY = "history"
    WALLS = "walls"
    MAPS = "maps"
    DIGESTS = "digests"
    CHECKLIST = "checklist"
    SET_CHECKLIST = "set_checklist"
    JOBS = "jobs"
    SET_QUOTA = "set_quota"


Power = Action | Right

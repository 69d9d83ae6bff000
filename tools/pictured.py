"""Every page of the product with who opens it, as the screenshots take them in the example city.

A page is named by its endpoint. `found` answers its places in the address from the city's rows;
None where the city holds none of the kind. A test says that no page is forgotten.
"""

from collections.abc import Callable
from typing import NamedTuple

from flask import url_for
from sqlalchemy import select

from issues.models import LedgerLayout, LongWork, Webhook
from issues.vocabulary import NoticeStatus, RosterKind, Status
from seed import city
from tools.browsing import places
from tools.browsing.places import Values


class Pictured(NamedTuple):
    """The person who opens it ("" for nobody), the picture's name, the endpoint, its places."""

    person: str
    name: str
    endpoint: str
    found: Callable[[], Values] = dict

    def address(self) -> str | None:
        """Where it stands in the city; None where the city has none of the kind."""
        values = self.found()
        return None if values is None else url_for(self.endpoint, **values)


PAGES = (
    Pictured("", "sign-in", "login.sign_in"),
    Pictured("sun", "account", "account.page"),
    Pictured("sun", "password", "account.password"),
    Pictured("chen", "messages", "messages.page"),
    Pictured("chenlead", "messages-settings", "addresses.page"),
    Pictured("chenlead", "messages-of-unit", "addresses.unit_page"),
    Pictured("sun", "factor", "factor.page"),
    Pictured("sun", "work", "worklist.page"),
    Pictured("zhou", "work-head", "worklist.page"),
    Pictured("lin", "work-inspector", "worklist.page"),
    Pictured("chenlead", "work-unit", "worklist.page"),
    Pictured("zhao", "work-leader", "worklist.page"),
    Pictured("sysadmin", "work-administrator", "worklist.page"),
    Pictured("zhao", "board", "board.page"),
    Pictured("chen", "board-unit", "board.page"),
    Pictured("sun", "board-changes", "differences.page", places.asked(compare="2025-11-01")),
    Pictured("sun", "map", "map.page"),
    Pictured("sun", "map-share", "map.page", places.asked(shade="share", colour="red,yellow")),
    Pictured("zhao", "wall", "wall.page"),
    Pictured("sun", "register", "register.page"),
    Pictured("sun", "register-red", "register.page", places.asked(colour="red", sort="deadline")),
    Pictured("sun", "register-print", "register_print.page", places.asked(colour="red")),
    Pictured("sun", "profiles", "profiles.page"),
    Pictured("sun", "profile-new", "profiles.new", places.asked(colour="red")),
    Pictured("sun", "profile", "profiles.edit", places.of("profile_id", places.own_profile)),
    Pictured("sun", "register-none", "register.page", places.asked(q="没有的词")),
    Pictured("sun", "search", "search.page", places.asked(q="生态")),
    Pictured("sun", "search-empty", "search.page"),
    Pictured("sun", "ticket", "ticket.page", places.fullest()),
    Pictured("zhao", "ticket-leader", "ticket.page", places.fullest()),
    Pictured("chen", "ticket-unit", "ticket.page",
             places.of("number", places.of_unit(Status.RECTIFYING))),
    Pictured("sun", "ticket-draft", "ticket.page", places.ticket(Status.DRAFT)),
    Pictured("sun", "ticket-closed", "ticket.page", places.ticket(Status.CLOSED)),
    Pictured("sun", "new-ticket", "new.new"),
    Pictured("sun", "act-card", "acts.form", places.fullest(action="raise_card")),
    Pictured("sun", "act-amend", "acts.form", places.fullest(action="amend")),
    Pictured("chenlead", "act-plan", "acts.form",
             places.ticket(Status.PLANNING, action="submit_plan")),
    Pictured("lin", "act-check", "acts.form",
             places.ticket(Status.SITE_CHECK, action="record_site_check")),
    Pictured("zhao", "act-instruct", "acts.form", places.fullest(action="instruct")),
    Pictured("sun", "evidence", "evidence.gallery", places.fullest()),
    Pictured("sun", "evidence-one", "evidence.one", places.file),
    Pictured("lin", "flags", "flags.page", places.fullest()),
    Pictured("lin", "flag-counts", "flags.counts"),
    Pictured("lin", "contradictions", "contradictions.page", places.contradicted()),
    Pictured("lin", "contradiction-list", "contradictions.index"),
    Pictured("sun", "complaint-originals", "complaint_originals.page", places.complaint),
    Pictured("zhou", "complaint-clearances", "complaint_originals.page", places.complaint),
    Pictured("zhou", "revoke-clearance", "clearances.ask", places.cleared),
    Pictured("sun", "readings", "readings.page", places.fullest()),
    Pictured("sun", "report-readings", "report_readings.page", places.report),
    Pictured("sun", "targets", "targets.page", places.fullest()),
    Pictured("sun", "similar", "similar_page.page", places.fullest()),
    Pictured("sun", "publicity", "publicity.page", places.ticket(Status.PUBLICITY)),
    Pictured("sun", "dossier", "dossier.page", places.fullest()),
    Pictured("sun", "dossiers", "dossier.several"),
    Pictured("sun", "dossier-batches", "dossier_batches.listed", places.asked(type="水")),
    Pictured("sun", "checklist", "checklist.page"),
    Pictured("sysadmin", "running", "running.page"),
    Pictured("sun", "dossier-batch", "dossier_batches.page", places.of("batch_id", places.batches)),
    Pictured("sun", "works", "works.listed"),
    Pictured("sun", "works-one", "works.page", places.of("work_id", select(LongWork.id))),
    Pictured("sun", "works-export", "long_exports.page"),
    Pictured("sun", "layouts", "layouts.listed"),
    Pictured("sun", "layout", "layouts.show", places.of("layout_id", select(LedgerLayout.id))),
    Pictured("sun", "import-match", "match.page",
             places.of("upload_id", places.uploaded(confirmed=False))),
    Pictured("sun", "import", "exchange.start"),
    Pictured("sun", "import-shown", "exchange.show",
             places.of("upload_id", places.uploaded(confirmed=False))),
    Pictured("sun", "import-ask", "exchange.ask",
             places.of("upload_id", places.uploaded(confirmed=False))),
    Pictured("sun", "import-differences", "differences_of_import.page",
             places.of("upload_id", places.uploaded(confirmed=False))),
    Pictured("sun", "import-report", "exchange.show",
             places.of("upload_id", places.uploaded(confirmed=True))),
    Pictured("sun", "import-taken-back", "exchange.show",
             places.of("upload_id", places.taken_back)),
    Pictured("sun", "import-undo", "undoing.ask", places.of("upload_id", places.to_undo)),
    Pictured("sun", "import-undo-hindered", "undoing.ask",
             places.of("upload_id", places.uploaded(confirmed=True))),
    Pictured("sun", "ticket-taken-back", "taken_back.page", places.ticket(Status.TAKEN_BACK)),
    Pictured("auditor", "ticket-taken-back-audited", "taken_back.page",
             places.ticket(Status.TAKEN_BACK)),
    Pictured("sun", "notices", "notices.listed"),
    Pictured("chen", "notices-unit", "notices.listed"),
    Pictured("zhou", "notice-draft", "notices.page",
             places.of("notice_id", places.notice(NoticeStatus.DRAFT))),
    Pictured("sun", "notice-signed", "notices.page",
             places.of("notice_id", places.notice(NoticeStatus.SIGNED))),
    Pictured("zhou", "notice-void", "notices.ask_void",
             places.of("notice_id", places.notice(NoticeStatus.SIGNED))),
    Pictured("sun", "notice-new", "notices.new"),
    Pictured("sun", "templates", "notice_templates.listed"),
    Pictured("sun", "template", "notice_templates.page", places.asked(name="N2")),
    Pictured("", "verify", "verify.page", places.of("token", places.with_token)),
    Pictured("", "verify-dossiers", "dossier.key"),
    Pictured("sun", "rounds", "rounds.listed"),
    Pictured("sun", "round", "rounds.page", places.of("round_id", places.rounds)),
    Pictured("sun", "round-notices", "notice_volume.page", places.of("round_id", places.rounds)),
    Pictured("sun", "points", "points.page"),
    Pictured("sun", "lookbacks", "lookbacks.page"),
    Pictured("sun", "lookback-new", "lookbacks.new", places.closed),
    Pictured("sun", "lookback-sample", "lookbacks.sample"),
    Pictured("lin", "covert", "covert.listed"),
    Pictured("lin", "covert-new", "covert.new"),
    Pictured("lin", "covert-one", "covert.page", places.of("note_id", places.noted)),
    Pictured("zhao", "digest", "digests.page"),
    Pictured("zhao", "instructions", "instructions.page"),
    Pictured("sun", "policy", "policy.current"),
    Pictured("sun", "policy-version", "policy.version", places.asked(number="1")),
    Pictured("sun", "policy-draft", "policy.draft", places.of("draft_id", places.draft_policy())),
    Pictured("sun", "policy-lab", "policy.lab", places.of("draft_id", places.draft_policy())),
    Pictured("sun", "calendar", "calendar.page"),
    Pictured("sun", "walls", "wall.passes"),
    Pictured("sun", "maps", "map.sheets"),
    Pictured("sysadmin", "fonts", "fonts.page"),
    Pictured("sysadmin", "outbox", "outbox.page"),
    Pictured("sysadmin", "deliveries", "deliveries.page"),
    Pictured("sysadmin", "webhooks", "webhooks.page"),
    Pictured(
        "sysadmin", "webhooks-one", "webhooks.one", places.of("webhook_id", select(Webhook.id))
    ),
    Pictured("sysadmin", "accounts", "admin.account_list"),
    Pictured("sysadmin", "accounts-one", "admin.one_account", places.asked(user_id="1")),
    Pictured("sysadmin", "accounts-handover", "handover.page", places.asked(user_id="4")),
    Pictured("sysadmin", "accounts-disable", "disable.page", places.asked(chosen="4")),
    Pictured("sysadmin", "accounts-access", "access.page", places.asked(user_id="1")),
    Pictured("sysadmin", "accounts-new", "admin.new_account"),
    Pictured("secadmin", "reviews", "reviews.page"),
    Pictured("sysadmin", "units", "units.listed"),
    Pictured("sun", "units-aliases", "aliases.listed"),
    Pictured("sysadmin", "units-import", "rosters.units"),
    Pictured("sysadmin", "units-import-shown", "rosters.show_units",
             places.of("units_id", places.roster(RosterKind.UNITS))),
    Pictured("sysadmin", "accounts-import", "rosters.people"),
    Pictured("sysadmin", "accounts-import-shown", "rosters.show_people",
             places.of("people_id", places.roster(RosterKind.PEOPLE))),
    Pictured("secadmin", "grants-asked", "asked_roles.page"),
    Pictured("sysadmin", "units-merge", "merge.page", places.asked(code=city.BUREAU)),
    Pictured("sysadmin", "units-split", "split.page", places.asked(code=city.BUREAU)),
    Pictured("sysadmin", "units-new", "units.new"),
    Pictured("sun", "setup", "setup.page"),
    Pictured("sysadmin", "units-one", "units.one", places.asked(code=city.BAZHOU)),
    Pictured("sun", "regions", "regions.listed"),
    Pictured("sun", "regions-new", "regions.new"),
    Pictured("sun", "regions-one", "regions.one", places.asked(code=city.BAZHOU)),
    Pictured("sun", "regions-act", "regions.ask", places.asked(code=city.BAZHOU, act="below")),
    Pictured("sysadmin", "regions-city", "city.search"),
    Pictured("sysadmin", "regions-preview", "city.preview", places.asked(city_code=city.CITY_CODE)),
    Pictured("sun", "regions-import", "region_import.start"),
    Pictured("secadmin", "grants", "grants.grant_list"),
    Pictured("secadmin", "grants-one", "grants.one_grant", places.of("user_id", places.someone)),
    Pictured("auditor", "history", "history.whole"),
    Pictured("sun", "style", "style.page"),
    Pictured("sysadmin", "practice", "practice.page"),
    Pictured("sysadmin", "practice-reset", "practice.ask_reset"),
    Pictured("sun", "api", "api_docs.docs"),
    Pictured("sun", "first-week", "first_week.page"),
    Pictured("sun", "help", "help.page"),
    Pictured("sun", "help-found", "help.page", places.asked(q="延期")),
    Pictured("sun", "help-rules", "help.chapter", places.asked(slug="colours")),
    Pictured("chen", "help-unit", "help.chapter", places.asked(slug="unit")),
    Pictured("chen", "help-print", "help.printed", places.asked(slug="unit")),
)  # fmt: skip

MANUAL = {
    "help-accounts": "accounts",
    "help-evidence": "evidence",
    "help-grant": "grants-one",
    "help-history": "history",
    "help-import": "import-shown",
    "help-notice": "notice-draft",
    "help-plan": "act-plan",
    "help-readings": "readings",
    "help-register": "register",
    "help-round": "round",
    "help-worklist": "work",
    "help-worklist-unit": "work-unit",
}
"""The pictures of the manual, by which of these they are of."""
PAPER = Pictured("zhou", "help-paper", "notice_pdf.one", places.of("notice_id", places.red_paper))
"""The first page of a notice, as the manual shows it."""

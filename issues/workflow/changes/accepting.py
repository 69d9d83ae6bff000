"""The closing chain up to the office: claim, first acceptance, site check."""

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import select

from auth.models import User
from extensions import db
from issues.colour.facts_of import claims_of, findings_of, measures_of
from issues.colour.policies import setting
from issues.evidence import complainants
from issues.ground.refusals import Incomplete
from issues.models import Claim, Evidence, Issue, Reading, SiteCheck
from issues.rules.required import SETTING, held, missing_evidence, required_evidence
from issues.rules.targets.effect import is_within
from issues.vocabulary import COMPLAINT_SOURCES, Conclusion, EvidenceKind, FindingResult, Status
from issues.workflow.act import Act
from issues.workflow.bounds import beyond
from issues.workflow.changes.cards import record_false
from issues.workflow.changes.proceeding import end_waivers
from issues.workflow.effect.lacking import errors_of, require_effect
from issues.workflow.effect.unconfirmed import unconfirmed_limits

INSPECTORS = 2
READINGS = select(
    Reading.sampled_on, Reading.evidence_id, Reading.confirmed_at,
    Reading.value, Reading.low, Reading.high,
).where(Reading.withdrawn_at.is_(None))  # fmt: skip
"""What stands of readings, as the checklist counts it."""


def request_acceptance(act: Act) -> Status:
    """Every measure confirmed done, required evidence complete, required readings within limits.

    What lacks of each is named.
    """
    issue = act.issue
    if errors := unready_for_acceptance(act):
        raise Incomplete(errors, "还不具备申请验收的条件。")
    act.add(Claim(issue_id=issue.id, round=issue.round, claimed_on=act.on, text=act["text"]))
    issue.claimed_on = act.on
    return Status.FIRST_ACCEPTANCE


def unready_for_acceptance(act: Act) -> dict[str, list[str]]:
    """What lacks of measures, evidence and readings, each named."""
    issue = act.issue
    errors: dict[str, list[str]] = {}
    undone = [m for m in measures_of(issue) if not m.is_done]
    if undone:
        errors["measures"] = [f"措施{m.no}尚未确认完成：{m.text[:40]}" for m in undone]
    missing = missing_evidence(required_kinds(issue), held_kinds(issue))
    if missing:
        errors["evidence"] = [f"缺少佐证材料：{'、'.join(missing)}"]
    errors |= errors_of(act)
    if untold := list(unconfirmed_limits(issue)):
        errors.setdefault("readings", []).extend(untold)
    return errors


def required_kinds(issue: Issue) -> dict[EvidenceKind, int]:
    """The checklist of this ticket."""
    contact = issue.source in COMPLAINT_SOURCES and complainants.has_contact(issue)
    return required_evidence(
        issue.source,
        issue.types,
        has_contact=contact,
        is_unlawful=issue.unlawful,
        document=setting(SETTING),
    )


def held_kinds(issue: Issue) -> Counter[EvidenceKind]:
    """How many different files of each kind stand on the ticket, replaced versions left out.

    A covert file is no proof by the unit, and its number is not for the unit to see.
    """
    replaced = select(Evidence.replaces_id).where(
        Evidence.issue_id == issue.id, Evidence.replaces_id.is_not(None)
    )
    rows = db.session.execute(
        select(Evidence.kind, Evidence.sha256, Evidence.id).where(
            Evidence.issue_id == issue.id,
            Evidence.withdrawn_at.is_(None),
            Evidence.is_covert.is_(False),
            Evidence.id.not_in(replaced),
        )
    )
    readings = db.session.execute(READINGS.where(Reading.issue_id == issue.id))
    return held(rows, map(counted, readings))


def counted(reading: Any) -> tuple[date | None, int | None]:
    """Its day, where it counts, and its report: confirmed, of a report, within its own limits."""
    counts = reading.confirmed_at and reading.evidence_id and is_within(reading)
    return (reading.sampled_on if counts else None), reading.evidence_id


def running_claim(act: Act) -> Claim:
    """The request under way. A ticket being checked has one."""
    return next(claim for claim in reversed(claims_of(act.issue)) if claim.ended_on is None)


def pass_first_acceptance(act: Act) -> Status:
    require_effect(act)
    running_claim(act).first_passed_on = act.on
    return Status.SITE_CHECK


def end_claim(act: Act, *, is_return: bool, code: str = "", reason: str = "") -> Status:
    """The claim is sent back: the ticket is being rectified again."""
    claim = running_claim(act)
    claim.ended_on, claim.ended_at = act.on, act.at
    claim.is_return, claim.code, claim.reason = is_return, code, reason
    end_waivers(act)
    act.issue.claimed_on = None
    act.issue.publicity_from = act.issue.publicity_until = None
    return Status.RECTIFYING


def return_acceptance(act: Act) -> Status:
    return end_claim(act, is_return=True, code=act["code"], reason=act["reason"])


def record_site_check(act: Act) -> Status:
    """Two inspectors, a conclusion for each measure. A false one is a finding (R6) as well."""
    conclusion = Conclusion(act["conclusion"])
    _refuse_malformed(act, conclusion)
    if conclusion is Conclusion.PASS:
        require_effect(act)
    names = inspector_names(act["inspectors"])
    act.noted["inspectors"] = names
    act.add(
        SiteCheck(
            issue_id=act.issue.id,
            round=act.issue.round,
            at=act["at"],
            place=act["place"],
            lon=None if act["lon"] is None else float(act["lon"]),
            lat=None if act["lat"] is None else float(act["lat"]),
            inspectors=names,
            conclusion=conclusion,
            measures=[{"id": r["id"], "conclusion": r["conclusion"]} for r in act["measures"]],
            photos=[photo.id for photo in act["photos"]],
            code=act["code"] or "",
            reason=act["reason"] or "",
            recorded_at=act.at,
        )
    )
    if conclusion is Conclusion.PASS:
        running_claim(act).checked_on = act.on
        for finding in findings_of(act.issue):
            if finding.round < act.issue.round:
                finding.ended_on = act.on
        return Status.APPROVAL
    if conclusion is Conclusion.FAKE:
        record_false(act, FindingResult.FAKE, act.on, act["reason"], None)
    return end_claim(act, is_return=True, code=act["code"] or "", reason=act["reason"] or "")


def inspector_names(given: list[str]) -> list[str]:
    """Account names become the names they are shown as; others stay as written."""
    rows = db.session.execute(select(User.name, User.display_name).where(User.name.in_(given)))
    shown = {row.name: row.display_name for row in rows}
    return [shown.get(name, name) for name in given]


def _refuse_malformed(act: Act, conclusion: Conclusion) -> None:
    errors: dict[str, list[str]] = {}
    names = inspector_names(act["inspectors"])
    if len(names) != INSPECTORS or len(set(names)) != INSPECTORS:
        errors["inspectors"] = ["须由两名督察员共同核查，请填写两人姓名"]
    errors |= beyond(act)
    errors |= _measure_faults(act, conclusion)
    if conclusion is Conclusion.RETURN and not act["code"]:
        errors["code"] = ["退回整改须选择退回原因"]
    if conclusion is not Conclusion.PASS and not act["reason"]:
        errors["reason"] = ["核查未通过的，请写明理由"]
    if errors:
        raise Incomplete(errors)


def _measure_faults(act: Act, conclusion: Conclusion) -> dict[str, list[str]]:
    said: dict[int, Any] = {row["id"]: row["conclusion"] for row in act["measures"]}
    measures = measures_of(act.issue)
    wanting = [f"措施{m.no}" for m in measures if m.id not in said]
    if wanting:
        return {"measures": [f"请填写{'、'.join(wanting)}的核查结论"]}
    if set(said) - {m.id for m in measures}:
        return {"measures": ["有不属于本事项的措施"]}
    failed = [f"措施{m.no}" for m in measures if said[m.id] != Conclusion.PASS.value]
    if conclusion is Conclusion.PASS and failed:
        return {"conclusion": [f"{'、'.join(failed)}未通过核查，总的结论不能是核查通过"]}
    return {}

"""Which unit stands how to a ticket, and the region it lies in."""

from collections.abc import Sequence
from typing import NamedTuple

from issues.exchange.reading.layouts import FINDINGS
from issues.exchange.reading.profile import Profile
from issues.exchange.reading.unit_names import UnitsRead
from issues.exchange.workbook.cells import Fields, Need

LEAD = "lead_unit"


class Units(NamedTuple):
    """`primary_unit` is "" where an error is recorded."""

    primary_unit: str
    responsible_units: tuple[str, ...]
    lead_unit: str | None
    supporting_units: tuple[str, ...]
    acceptance_unit: str | None
    supervising_unit: str | None
    units_text: str


def read_units(
    fields: Fields, row: int, of_measures: Sequence[UnitsRead], profile: Profile, region: str | None
) -> Units:
    """From the ticket's 责任单位, or, in the provincial layout, from those of its measures.

    Of a sheet that has neither the profile says who answers: the county of the region, or a unit.
    """
    journal = fields.journal
    lead, more_leads = _lead(fields, row, profile.lead)
    cell = journal.take("units", row)
    is_by_measures = journal.columns.layout is FINDINGS or not journal.has("units")
    if is_by_measures and any(read.codes or read.unknown for read in of_measures):
        reads = list(of_measures)
        responsible = [code for read in reads for code in read.codes]
    else:
        reads = [fields.units(cell)]
        responsible = list(reads[0].codes if reads[0].collective else reads[0].responsible)
    primary = reads[0].primary
    if reads[0].collective:
        primary = _of_all(fields, row, reads[0].codes, lead)
    if primary is None and not journal.has("units") and not journal.has("m_units"):
        primary = _by_profile(fields, row, profile, region)
    elif primary is None and not any(read.unknown for read in reads):
        is_of_all = reads[0].collective
        wanted = "责任单位是各县（区），请填写牵头单位，或写出主责的县（区）"
        journal.error(cell, wanted if is_of_all else "没有填写责任单位")
    primary = primary or ""
    supporting = [*reads[0].codes] if journal.columns.layout is not FINDINGS else []
    supporting += [*more_leads, *fields.units(journal.take("supporting", row)).codes]
    responsible_units = _once([primary, *responsible])
    return Units(
        primary,
        responsible_units,
        lead,
        tuple(c for c in _once(supporting) if c not in responsible_units and c != lead),
        _acceptance(fields, row, primary, lead, profile, region),
        fields.unit("supervising", row),
        cell.text,
    )


def read_region(
    fields: Fields, row: int, of_measures: Sequence[UnitsRead], profile: Profile
) -> tuple[str | None, str]:
    """The region's code and its cell; by the profile where the sheet has no such column."""
    if fields.journal.has("region"):
        return fields.region("region", row), fields.journal.take("region", row).text
    reads = [*of_measures]
    if fields.journal.has("units"):
        reads.append(fields.directory.read(fields.journal.take("units", row).text))
    if profile.region_from:
        named = [code for read in reads for code in read.named]
        for code in filter(fields.directory.is_county_code, named):
            return fields.directory.units[code].region_code, ""
    if not profile.region_else:
        fields.journal.lacks("行政区域")
    return profile.region_else or None, ""


def _lead(fields: Fields, row: int, given: str) -> tuple[str | None, tuple[str, ...]]:
    """The first named leads; others in the cell support. `given` stands for a missing column."""
    cell = fields.journal.take("lead", row)
    read = fields.units(cell)
    if not fields.journal.has("lead"):
        return (given if given in fields.directory.units else None), ()
    if cell.is_empty:
        fields.journal.error(cell, "没有填写牵头单位")
    if not read.codes:
        return None, ()
    lead = read.primary or read.codes[0]
    others = tuple(code for code in read.codes if code != lead)
    if others:
        name = fields.directory.called(lead)
        fields.journal.notice(cell, f"牵头单位有多个，以{name}为牵头单位，其余记为配合单位")
    return lead, others


def _of_all(fields: Fields, row: int, codes: Sequence[str], lead: str | None) -> str | None:
    """Where all counties answer, who leads has it.

    One who is also to accept it leaves it to the county that the ticket lies in.
    """
    journal = fields.journal
    accepting = fields.directory.read(journal.take("acceptance", row).text).codes
    here = fields.directory.find(journal.take("region", row).text)
    if lead is None or here is None or lead not in accepting or here not in codes:
        return lead
    leader, county = fields.directory.called(lead), fields.directory.called(here)
    told = f"责任单位是各县（区），{leader}既牵头又验收，主责单位按行政区域记为{county}"
    journal.notice(journal.take("units", row), told)
    return here


def _by_profile(fields: Fields, row: int, profile: Profile, region: str | None) -> str | None:
    """Who answers for a region by what the profile says. None where an error is recorded."""
    units, journal = fields.directory.units, fields.journal
    if not profile.names_responsible:
        journal.lacks("责任单位")
        return None
    code = profile.responsible_by.get(region or "")
    if code is None and profile.responsible_from:
        here = (c for c in units if units[c].region_code == region)
        code = next(filter(fields.directory.is_territory, here), None)
    code = code or profile.responsible_else
    if code not in units and region is not None:
        cell = journal.take("region" if journal.has("region") else "problem", row)
        journal.error(cell, "按配置定不出责任单位，请在表中补上责任单位一栏，或另指定一个单位")
    return code if code in units else None


def _acceptance(
    fields: Fields, row: int, primary: str, lead: str | None, profile: Profile, region: str | None
) -> str | None:
    """Never the primary unit."""
    journal = fields.journal
    if journal.has("acceptance"):
        unit = fields.unit("acceptance", row, Need.YES)
        if unit and unit == primary:
            cell = journal.take("acceptance", row)
            journal.error(cell, "验收单位不能是主责单位，请改填牵头单位或市环委办等其他单位")
        return unit
    by_region = profile.acceptance_by.get(region or "")
    candidates: list[str | None] = [by_region] if by_region else []
    candidates += [lead if code == LEAD else code for code in profile.acceptance]
    known = [code for code in candidates if code and code in fields.directory.units]
    if not candidates:
        journal.lacks("验收单位")
    unit = next((code for code in known if code != primary), None)
    if candidates and unit is None and primary:
        journal.error(journal.take("units", row), "按配置定不出验收单位，请在表中补上验收单位一栏")
    if unit and unit not in known[:2]:
        cell = journal.take("lead", row)
        name = fields.directory.called(unit)
        journal.notice(cell, f"主责单位不能自己验收，按配置的次序验收单位记为{name}")
    return unit


def _once(codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code))

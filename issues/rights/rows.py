"""How a line of the table of rights is written: a cell that it does not name is NONE."""

from issues.rights.scopes import ALL, ANY_RELATION, NONE, TERRITORY, Scope
from issues.vocabulary import COUNTY_ROLES, UNIT_ROLES, Role

_BY_PLACE = (Role.OFFICE, Role.HEAD, Role.INSPECTOR)


def row(
    *by_place: Scope, unit: Scope = NONE, county: Scope = NONE, **by_role: Scope
) -> dict[Role, Scope]:
    """One line of the table: the three by their place, a unit's roles together, any by its name."""
    given = dict.fromkeys(UNIT_ROLES, unit) | dict.fromkeys(COUNTY_ROLES, county)
    given |= dict(zip(_BY_PLACE, by_place, strict=False))
    given |= {Role(code): scope for code, scope in by_role.items()}
    return {role: given.get(role, NONE) for role in Role}


BY_HEAD = row(head=ALL)
BY_OFFICE = row(office=ALL)
BY_ALL = row(ALL, ALL, ALL, unit=ANY_RELATION, county=TERRITORY, leader=ALL, performance=ALL)

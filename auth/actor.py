"""The person (or the system) who acts, as plain data: no table row, nothing lazy."""

from dataclasses import dataclass
from datetime import datetime

from issues.vocabulary import Role, TokenScope


@dataclass(frozen=True, slots=True)
class Token:
    """By which token a program acts as a person; its scope narrows what that person may."""

    id: int
    scope: TokenScope
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` is None for the system itself, which holds no role.

    `territory`: the codes of the places that a county's centre answers for, where the person's
    unit is one.
    """

    id: int | None
    name: str
    display_name: str
    unit_id: int | None = None
    unit_code: str = ""
    unit_name: str = ""
    roles: frozenset[Role] = frozenset()
    territory: frozenset[str] = frozenset()
    sign_in_id: int | None = None
    must_change_password: bool = False
    token: Token | None = None

    @property
    def rights_only(self) -> "Actor":
        """The same person reduced to what rights are decided by: the key of what is kept."""
        return Actor(
            self.id, "", "", unit_id=self.unit_id, roles=self.roles, territory=self.territory
        )

    @property
    def is_authenticated(self) -> bool:
        return self.id is not None

    @property
    def is_active(self) -> bool:
        return True

    @property
    def is_anonymous(self) -> bool:
        return self.id is None

    def get_id(self) -> str:
        return str(self.id)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


NOBODY = Actor(None, "", "")
SYSTEM = Actor(None, "system", "系统")

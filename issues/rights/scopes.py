"""Which tickets a cell of the table of rights reaches."""

from dataclasses import dataclass

from issues.vocabulary import Relation


@dataclass(frozen=True, slots=True)
class Scope:
    """Which tickets a cell reaches. Exactly one of the ways holds.

    `territory` narrows any of them to what lies in the places of the person's own centre.
    """

    everything: bool = False
    drafts: bool = True
    own_drafts: bool = False
    relations: frozenset[Relation] = frozenset()
    territory: bool = False

    def __bool__(self) -> bool:
        return self.everything or self.own_drafts or bool(self.relations)

    @property
    def is_everywhere(self) -> bool:
        """Every ticket of the city, drafts perhaps left out."""
        return self.everything and not self.territory


NONE = Scope(drafts=False)
ALL = Scope(everything=True)
NOT_DRAFT = Scope(everything=True, drafts=False)
OWN_DRAFT = Scope(own_drafts=True)


def of(*relations: Relation) -> Scope:
    return Scope(drafts=False, relations=frozenset(relations))


PRIMARY = of(Relation.PRIMARY)
LEAD = of(Relation.LEAD)
ACCEPTANCE = of(Relation.ACCEPTANCE)
WORKING = of(Relation.PRIMARY, Relation.RESPONSIBLE, Relation.SUPPORTING, Relation.MEASURE)
UPLOADING = Scope(drafts=False, relations=WORKING.relations | {Relation.ACCEPTANCE, Relation.TASK})
REVIEWING = of(Relation.LEAD, Relation.ACCEPTANCE)
ANY_RELATION = of(*Relation)
TERRITORY = Scope(everything=True, drafts=False, territory=True)
"""What lies in the places of a county's centre: its people see it, as the county itself does."""
DELEGATED = Scope(drafts=False, relations=frozenset({Relation.CENTRE}), territory=True)
"""What of it the city has handed to the centre: its people drive it."""

"""The whole ticket as named shapes of the document."""

from issues.api.openapi.components import Given
from issues.api.ticket.schema import ENTERED_TICKET, FOUND_TICKET, TICKET

Ticket = Given("Ticket", TICKET)
FoundTicket = Given("FoundTicket", FOUND_TICKET)
"""As the register lists it: with the places where what was asked for stands."""
EnteredTicket = Given("EnteredTicket", ENTERED_TICKET)
"""As it was just registered: with what it is likely the same as."""

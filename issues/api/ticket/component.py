"""The whole ticket as named shapes of the document."""

from issues.api.openapi.components import Given
from issues.api.ticket.schema import FOUND_TICKET, TICKET

Ticket = Given("Ticket", TICKET)
FoundTicket = Given("FoundTicket", FOUND_TICKET)
"""As the register lists it: with the places where what was asked for stands."""

"""The whole ticket as a named shape of the document."""

from issues.api.openapi.components import Given
from issues.api.ticket.schema import TICKET

Ticket = Given("Ticket", TICKET)

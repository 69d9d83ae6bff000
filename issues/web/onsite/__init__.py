"""The inspector's phone: today's route, notes taken on the spot, what waits to be sent."""

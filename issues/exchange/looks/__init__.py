"""How a cell looks to a person: number formats, and what they show and hide."""

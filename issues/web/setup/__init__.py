"""The pages on which a city says what makes it this city."""

"""How often units were asked for what was known, how many forms they filled, what came back."""

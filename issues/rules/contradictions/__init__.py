"""Where two sources of one ticket differ: rules over its facts, precise before complete."""

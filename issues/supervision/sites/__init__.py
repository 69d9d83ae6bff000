"""A place that somebody asks about: read from what was sent, and measured."""

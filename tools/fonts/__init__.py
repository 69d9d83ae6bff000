"""Sets up the faces notices are drawn with: TrueType, embeddable, checked, never half-installed."""

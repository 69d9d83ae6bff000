"""The faces a document is drawn with: which file serves which role, which glyph comes from where."""

"""Texts: paste or upload, drafts beside their paragraphs, registering and withdrawing them."""

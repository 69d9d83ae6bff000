"""Notices from draft to answer."""

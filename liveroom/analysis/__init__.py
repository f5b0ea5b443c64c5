"""Stored sessions as tables, for people and notebooks."""

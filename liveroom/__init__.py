"""The producer's control room for live commerce."""

__version__ = "0.1.0"

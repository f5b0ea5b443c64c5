"""Tests mirror the packages of liveroom; each is a sentence."""

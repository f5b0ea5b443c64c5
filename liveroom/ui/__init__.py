"""The desk: the only package that imports Qt."""

from liveroom.ui.plain_imports import leave_sources_unread

leave_sources_unread()

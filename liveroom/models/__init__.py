"""The domain of a live sales show: events, counting, run of show and key figures; no Qt, no I/O, no clock."""

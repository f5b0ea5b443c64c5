"""Sources of events, one file each; no Qt."""

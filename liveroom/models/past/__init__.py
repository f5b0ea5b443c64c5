"""Any second of a show again: the logs that tell it, and the show as it was then."""

"""The presenter's display: on air, next, remaining time, product, message; readable at four metres."""

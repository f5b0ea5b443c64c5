"""What viewers write: why, how often, and in which words of which language."""

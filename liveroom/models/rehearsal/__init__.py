"""Simulated shows played for what they teach: trials, cases, measures of what came out, scores."""

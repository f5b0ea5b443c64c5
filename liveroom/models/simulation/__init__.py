"""A simulated audience and shop: pure, deterministic, answering to the producer's commands."""

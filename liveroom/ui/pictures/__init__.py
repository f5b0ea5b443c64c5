"""Pictures of the desk and its panels, the chart as vectors and its numbers as a table."""

"""The chat of a show: what is written, what is asked, and which questions nobody has answered yet."""

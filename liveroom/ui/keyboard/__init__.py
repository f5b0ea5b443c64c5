"""What the desk can do by name and by key: commands, their keys, and what finds and shows them."""

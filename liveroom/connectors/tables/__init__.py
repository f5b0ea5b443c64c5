"""What the table source is made of: readers, the mapping language, rules from rows to events."""

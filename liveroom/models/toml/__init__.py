"""TOML taken apart key by key, with errors that name file, line, key, value and what is allowed."""

"""What a simulated show is made of, and the TOML files that say so."""

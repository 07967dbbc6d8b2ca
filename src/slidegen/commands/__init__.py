"""The commands; each imports its machinery only when it runs."""

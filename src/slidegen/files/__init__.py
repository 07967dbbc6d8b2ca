"""Files of a project: found, read within bounds, written whole, remembered."""

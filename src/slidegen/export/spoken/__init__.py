"""Says formulas in words."""

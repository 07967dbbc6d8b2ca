"""Makes presentations for PowerPoint: native text, lists, tables, formulas, notes."""

"""Analyses the scripts of authors' pages without running them."""

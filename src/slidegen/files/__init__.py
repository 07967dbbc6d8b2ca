"""Finds, reads, locks, downloads and writes the files of a project, safely and within limits."""

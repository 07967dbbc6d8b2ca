"""Compiles a deck's file into finished slides that only lack their assets."""

"""Courses: their sessions, the course page, and new ones."""

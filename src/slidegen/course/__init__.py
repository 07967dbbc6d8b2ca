"""Courses: their sessions, the course page, and the files of a new course or session."""

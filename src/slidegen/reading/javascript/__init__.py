"""Scripts of authors' pages, read without running them."""

"""How the page marks for the PDF what only the page knows."""

RELATIVE = "https://relative.slidegen.invalid/"
"""How a link begins while the page is printed that leads to a file beside the document."""

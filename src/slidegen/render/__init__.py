"""Renders a resolved deck: Markdown, math, code, assets, and the page around them."""

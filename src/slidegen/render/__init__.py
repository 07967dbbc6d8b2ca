"""From a resolved deck to its page: Markdown, math, code, and the page around them."""

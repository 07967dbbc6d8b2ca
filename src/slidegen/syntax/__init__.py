"""remark's block structure: what stands in a deck's text, each thing with its place."""

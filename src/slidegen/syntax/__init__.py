"""remark's block structure: turns a deck's text into slides with positions."""

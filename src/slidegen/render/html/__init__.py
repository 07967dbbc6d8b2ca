"""Tools for the HTML of slides: tags, elements, repairs and step differences."""

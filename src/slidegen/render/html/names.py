"""What the tags of HTML name: elements, classes, attributes and languages."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from msgspec import Struct

from slidegen.html_tags import START_TAG
from slidegen.patterns import lazy_compile

_ATTRIBUTE = lazy_compile(r"""([^\s"'=<>/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")


class Names(Struct, frozen=True):
    """Elements and attributes are in lower case."""

    elements: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    """In lower case, such as `zh-tw`."""

    def __or__(self, other: Names) -> Names:
        return Names(
            self.elements | other.elements,
            self.classes | other.classes,
            self.attributes | other.attributes,
            self.languages | other.languages,
        )

    def has(self, selector: str) -> bool:
        """Whether a simple selector matches one of them: `video`, `.panelset`, `[data-carded]`."""
        if selector.startswith("."):
            return selector[1:] in self.classes
        if selector.startswith("["):
            return selector[1:-1] in self.attributes
        return selector in self.elements

    @property
    def runs_scripts(self) -> bool:
        """Whether there is a script of the author's, which may give any element any class."""
        return "script" in self.elements or any(name.startswith("on") for name in self.attributes)


def names_in(htmls: Iterable[str]) -> Names:
    """The names in the tags of the texts; a tag written as text, with `&lt;`, does not count."""
    elements, classes, attributes, languages = set(), set(), set(), set()
    for element, inside in {tag for html in htmls for tag in START_TAG.findall(html)}:
        elements.add(element.lower())
        for name, *values in _ATTRIBUTE.findall(inside):
            attribute = name.lower()
            attributes.add(attribute)
            if attribute == "class":
                classes.update(unescape("".join(values)).split())
            elif attribute in ("lang", "xml:lang"):
                languages.add("".join(values).lower())
    return Names(*map(frozenset, (elements, classes, attributes, languages)))

"""References to files in decks and style sheets, and the protocol for resolving them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from msgspec import Struct

from slidegen.patterns import lazy_compile
from slidegen.source import Span

Locate = Callable[[str], Span | None]
"""Returns the place of a reference, given as written; None if unknown."""

SCHEME = lazy_compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")
"""Two letters at least: `C:` is a drive."""
REMOTE = ("http:", "https:", "ftp:", "//")


KNOWN_SCHEMES = ("http", "https", "mailto", "file", "ftp", "tel")
OTHER_SCHEMES = frozenset(
    "about acct blob cap chrome coap data doi facetime fax feed ftps geo git gopher h323 imap info ipfs ipp irc ircs "
    "javascript jar ldap magnet maps mid mms mumble mvn news nfs nntp oid pop rtmp rtsp s3 sftp sip sips skype slack "
    "sms smb ssh steam stun svn teams telnet tftp urn vscode ws wss xmpp zoommtg zotero".split()
)
"""Schemes that exist, though some look like misspellings of others."""


class FoundFile(Struct, frozen=True):
    """A file that may be read."""

    path: Path
    """Absolute, with links resolved, so that two names of one file give the same path."""
    size: int
    """In bytes."""


class MissingFile(Struct, frozen=True):
    """There is nothing, or a folder, where a reference leads."""

    path: Path
    near: str = ""
    """A reference to the file that is probably meant, in the same notation; empty if none is similar."""
    only_case: bool = False
    """Whether `near` differs only in upper and lower case."""
    folder: bool = False
    """Whether there is a folder."""


class OutsideProject(Struct, frozen=True):
    """A reference leads out of the project root, to a folder that is not allowed and was not looked at."""

    path: Path
    allow: str
    """What `assets: {allow: [...]}` in slidegen.yml has to name."""


class FetchFailed(Struct, frozen=True):
    """A file from the network could not be downloaded."""

    why: str
    """Completes the sentence "it ..."."""
    hint: str = ""


class Files(Protocol):
    """Reads the files of a project, within its limits."""

    @property
    def root(self) -> Path:
        """The project root, which a `/` at the start of a reference stands for."""

    def find(self, path: str, base: Path) -> FoundFile | MissingFile | OutsideProject:
        """What `path`, with percent-encoding decoded, means in the file `base`."""

    def read(self, path: Path) -> bytes:
        """The bytes of a file that was found."""

    def digest(self, path: Path) -> str:
        """The `hash_bytes` of the file's content, read in pieces."""

    def shown(self, path: Path) -> str:
        """A path as diagnostics show it."""

    def fetch(self, url: str, kind: str) -> FoundFile | FetchFailed | None:
        """The file at an address, for a certain use; None if nothing may be downloaded."""

    def address(self, path: Path) -> str:
        """The address that a file was downloaded from; empty for one of the project's own."""


class Reference(Struct, frozen=True):
    """The parts of a reference."""

    written: str
    path: str
    """With percent signs resolved; empty for `#fragment`."""
    query: str = ""
    """With its question mark."""
    fragment: str = ""
    """With its hash sign."""


@lru_cache(maxsize=1024)
def read_reference(written: str) -> Reference:
    """Split a reference as a browser does, which also reads a backslash as a slash."""
    rest, sharp, fragment = written.strip().partition("#")
    path, mark, query = rest.partition("?")
    return Reference(written, unquote(path).replace("\\", "/"), mark + query, sharp + fragment)


def is_remote(written: str) -> bool:
    """Whether a reference leads to the network."""
    return written.strip().lower().startswith(REMOTE)


def absolute(written: str) -> str:
    """A network reference with its scheme: a page in a file reads `//host/a.js` as a file."""
    return f"https:{written.strip()}" if written.strip().startswith("//") else written


def meant_scheme(written: str) -> str:
    """The scheme that a reference with a misspelt one probably means; empty if its scheme is right."""
    match = SCHEME.match(written.strip())
    if match is None or is_remote(written):
        return ""
    scheme = match[0][:-1].lower()
    if scheme in KNOWN_SCHEMES or scheme in OTHER_SCHEMES:
        return ""
    from slidegen.spelling import nearest  # only a mistake needs it

    return next(iter(nearest(scheme, KNOWN_SCHEMES, cutoff=0.75)), "")


HOST = lazy_compile(
    r"(?:www\.[\w-]+(?:\.[\w-]+)+|(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|io|dev|app|ai|eu|uk|de|fr|nl|ch|at|it|es|pt|be"
    r"|se|no|dk|fi|cz|jp|cn|kr|br|ca|au|us))",
    re.IGNORECASE,
)


MISTYPED = lazy_compile(r"(?P<scheme>https?)(?:[.;,]//?|//|/(?=[\w-]+\.))", re.IGNORECASE)
"""An address whose colon is missing or another mark."""
MAIL = lazy_compile(r"[\w.+-]{1,64}@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)


def looks_remote(path: str) -> bool:
    """Whether a path looks like a network address without a scheme: `example.org/a`."""
    return HOST.fullmatch(path.partition("/")[0]) is not None


def meant_address(path: str, written: str) -> str:
    """The address that a reference to a missing file may be meant as; empty if it does not look like one."""
    mistyped = MISTYPED.match(written.strip())
    if mistyped is not None:
        return f"{mistyped['scheme'].lower()}://{written.strip()[mistyped.end() :]}"
    if looks_remote(path):
        return f"https://{written.strip()}"
    return f"mailto:{written.strip()}" if MAIL.fullmatch(path) else ""


def is_local(written: str) -> bool:
    """Whether a reference leads to a file: it has a path, and no scheme except possibly `file:`."""
    text = written.strip()
    if not text or text[0] in "#?" or text.startswith("//"):
        return False
    return not SCHEME.match(text) or text.lower().startswith("file:")

"""What is read: prose, notices, facts and numbers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads somewhere. ``uri`` is inside the site, ``href`` anywhere else (http and https only)."""

    text: str
    uri: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """HTML that was made safe already: rendered and sanitised Markdown."""

    html: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A message in the page's own voice. ``kind`` is ``info``, ``warning`` or ``error``."""

    kind: str
    title: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an overview: a label and a value, perhaps a link (as in `Link`), perhaps worth copying."""

    label: str
    value: str
    href: str = ""
    copy: bool = False
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A short list of facts under a heading."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class KeyValues:
    """A filterable table of keys (dotted, shown nested) and values as text, with the full value for hover and copy.

    A ``folded`` one shows its rows when it is opened.
    """

    id: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    """(key, short text, full text)"""
    empty: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A big number: what it is, its formatted value, and where it comes from."""

    label: str
    value: str
    detail: str = ""
    source: Link | None = None

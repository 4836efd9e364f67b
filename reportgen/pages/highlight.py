"""Code as coloured pieces, by Pygments. What is coloured may be anything at all, and is cut before it takes long."""

from functools import lru_cache
from pathlib import PurePosixPath

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_for_filename
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

LARGEST = 60_000
"""Characters of one text that are coloured; a longer one stays as it is."""
NAME_CHARACTERS = 200
CLASSES = (
    (Token.Comment, "c"),
    (Token.Keyword, "k"),
    (Token.Operator.Word, "k"),
    (Token.Literal.String, "s"),
    (Token.Literal.Number, "m"),
    (Token.Name.Function, "nf"),
    (Token.Name.Class, "nf"),
    (Token.Name.Decorator, "nf"),
    (Token.Name.Tag, "nf"),
    (Token.Name.Builtin, "nb"),
    (Token.Name.Attribute, "nb"),
    (Token.Name.Constant, "nb"),
)
"""Kind of token -> the class that it is drawn with: the few that a reader looks for."""

Piece = tuple[str, str]
"""A text without line ends, and its class."""


def highlighted(path: str, lines: list[str]) -> list[list[Piece]]:
    """The lines of a file in pieces; each line in one piece where the language is unknown."""
    text = "\n".join(lines)
    plain = [[(line, "")] for line in lines]
    lexer = _lexer(PurePosixPath(path).name[:NAME_CHARACTERS]) if len(text) <= LARGEST else None
    if lexer is None:
        return plain
    found: list[list[Piece]] = [[]]
    try:
        for token, value in lexer.get_tokens(text):
            first, *more = value.split("\n")
            _add(found[-1], first, _class(token))
            for line in more:
                found.append([])
                _add(found[-1], line, _class(token))
    except Exception:  # noqa: BLE001 (a lexer that stumbles over a patch must not end the build)
        return plain
    # Lexers may tidy up what they read: then the pieces would not be the patch.
    return found if ["".join(piece for piece, _ in line) for line in found] == lines else plain


def _add(line: list[Piece], text: str, token: str) -> None:
    if text and line and line[-1][1] == token:
        line[-1] = (line[-1][0] + text, token)
    elif text:
        line.append((text, token))


@lru_cache(maxsize=32)
def _lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_for_filename(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=256)
def _class(token: _TokenType) -> str:
    return next((name for kind, name in CLASSES if token in kind), "")

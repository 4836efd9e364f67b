"""Expressions over metrics as the browser understands them: read here only to find what is wrong at build time.

The twin of themes/client/chart/expression.ts; tests/vectors/expression.json is what both must agree on.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FUNCTIONS = {"abs": 1, "exp": 1, "log": 1, "log2": 1, "log10": 1, "sqrt": 1, "min": 2, "max": 2}
"""How many values each takes."""
CONSTANTS = ("pi", "e")
LONGEST = 1000
DEEPEST = 64
NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?", re.IGNORECASE)
WORD = re.compile(r"[a-z_]\w*", re.IGNORECASE | re.ASCII)


class ExpressionError(Exception):
    """An expression that cannot be used, in words and with its place."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What an expression speaks of.

    Attributes:
        metrics: by name, in the order of their first mention.
        uses_y: whether it speaks of ``y``, the metric of the panel.
    """

    metrics: tuple[str, ...]
    uses_y: bool


def read_expression(text: str, known: Iterable[str]) -> Expression:
    """The metrics of an expression; `ExpressionError` when it is none.

    Args:
        text: such as ``log10(y)`` or ``{train/loss} - {val/loss}``.
        known: metrics that may stand without braces.
    """
    if len(text) > LONGEST:
        raise ExpressionError(f"the expression is longer than {LONGEST} characters")
    reader = _Reader(text, sorted((name for name in known if name and name in text), key=len, reverse=True))
    reader.whole()
    if not reader.uses_y and not reader.metrics:
        raise ExpressionError(f"“{text}” speaks of no metric")
    return Expression(tuple(reader.metrics), reader.uses_y)


class _Reader:
    """Reads a text from left to right."""

    def __init__(self, text: str, known: list[str]) -> None:
        self.text = text
        self.known = known
        self.metrics: dict[str, None] = {}
        self.uses_y = False
        self.at = 0
        self.depth = 0

    def whole(self) -> None:
        self._sum()
        if self._rest():
            raise self._unexpected()

    def _rest(self) -> str:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1
        return self.text[self.at :]

    def _fail(self, what: str, at: int | None = None) -> ExpressionError:
        return ExpressionError(f"{what}, at character {(self.at if at is None else at) + 1} of “{self.text}”")

    def _unexpected(self) -> ExpressionError:
        rest = self._rest()
        if not rest:
            said = f"“{self.text}” ends too early" if self.text.strip() else "an expression is needed"
            return ExpressionError(said)
        return self._fail("“)” closes nothing" if rest[0] == ")" else f"“{rest[0]}” is not expected here")

    def _take(self, symbols: str) -> str:
        found = self._rest()[:1]
        if not found or found not in symbols:
            return ""
        self.at += 1
        return found

    def _chain(self, symbols: str, part: Callable[[], None]) -> None:
        part()
        while self._take(symbols):
            part()

    def _sum(self) -> None:
        self._chain("+-", lambda: self._chain("*/", self._signed))

    def _signed(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._fail("this is nested too deep")
        if self._take("+-"):
            self._signed()
        else:
            self._atom()
            if self._take("^"):
                self._signed()
        self.depth -= 1

    def _atom(self) -> None:
        rest, start = self._rest(), self.at
        if self._take("("):
            self._closed(start, self._sum)
            return
        if rest.startswith("{"):
            self._braced(rest)
            return
        bare = next((name for name in self.known if _stands_bare(name, rest)), "")
        found = WORD.match(rest)
        word = found[0] if found else ""
        if len(bare) > len(word):
            self._metric(bare, len(bare))
        elif number := NUMBER.match(rest):
            self.at += number.end()
        elif word:
            self._word(word, bare)
        else:
            raise self._unexpected()

    def _closed(self, start: int, inside: Callable[[], None]) -> None:
        inside()
        if not self._take(")"):
            raise self._unexpected() if self._rest() else self._fail("“(” is not closed", start)

    def _braced(self, rest: str) -> None:
        end = rest.find("}")
        if end < 0:
            raise self._fail("“{” is not closed")
        name = rest[1:end].strip()
        if not name:
            raise self._fail("the braces name no metric")
        self._metric(name, end + 1)

    def _metric(self, name: str, length: int) -> None:
        self.at += length
        self.metrics[name] = None

    def _word(self, word: str, bare: str) -> None:
        is_call = self.text[self.at + len(word) :].lstrip().startswith("(")
        if is_call and word in FUNCTIONS:
            self.at += len(word)
            self._call(word)
        elif word == "y":
            self.at += 1
            self.uses_y = True
        elif bare:
            self._metric(bare, len(bare))
        elif word in CONSTANTS:
            self.at += len(word)
        elif word in FUNCTIONS:
            raise self._fail(f"“{word}” needs parentheses")
        elif is_call:
            raise self._fail(f"there is no function “{word}”, only {', '.join(FUNCTIONS)}")
        else:
            raise self._fail(f"“{word}” is no metric that is known here; “y” is the one of the panel, {{…}} names one")

    def _call(self, word: str) -> None:
        start, count = self.at, 0

        def inside() -> None:
            nonlocal count
            self._sum()
            count += 1
            while self._take(","):
                self._sum()
                count += 1

        self._rest()
        opened = self.at
        self._take("(")
        self._closed(opened, inside)
        arity = FUNCTIONS[word]
        if count != arity:
            values = "one value" if arity == 1 else f"{arity} values"
            raise self._fail(f"“{word}” takes {values}, not {count}", start - len(word))


def _stands_bare(name: str, rest: str) -> bool:
    """Whether a text begins with the name of a metric, and not with a longer word."""
    return rest.startswith(name) and not re.match(r"\w", rest[len(name) :], re.ASCII) and name[0] not in "0123456789."

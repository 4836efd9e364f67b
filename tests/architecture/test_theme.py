"""The page of tokens names every token, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "themes" / "client" / "css"


def declared() -> set[str]:
    text = (CSS / "tokens.css").read_text("utf-8") + (CSS / "schemes.css").read_text("utf-8")
    return set(re.findall(r"^\s+(--[\w-]+):", text, re.MULTILINE))


def documented() -> set[str]:
    text = (ROOT / "docs" / "reference" / "theme.md").read_text("utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `--"))
    found = set(re.findall(r"`(--[\w-]+)`", rows))
    for name, first, last in re.findall(r"`(--[a-z]+-)(\d+)` … `--[a-z]+-(\d+)`", rows):
        found |= {f"{name}{number}" for number in range(int(first), int(last) + 1)}
    return found


def test_every_token_is_documented() -> None:
    assert documented() == declared()


def test_what_is_used_is_a_token_or_set_beside_its_use() -> None:
    sources = [*CSS.glob("*.css"), *(ROOT / "themes" / "client").glob("[a-z]*/*.ts")]
    texts = [path.read_text("utf-8") for path in sources if "node_modules" not in path.parts]
    own = {name for text in texts for name in re.findall(r"""["'\s{;(](--[\w-]+)["']?[\]:,]""", text)}
    used = {name for text in texts for name in re.findall(r"var\((--[\w-]+)\)", text)}
    assert used <= own | declared(), "a token that nobody sets"

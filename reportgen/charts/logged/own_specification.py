"""Charts by the project's own specifications: ``specs/<name>.json``, Vega-Lite or Vega, with wandb's templates.

``${field:x}`` stands for the column of the field x, ``${string:title}`` for a text, and the data have the name of the
first named dataset (wandb's is ``wandb``). The file is the author's; what is put into it comes from a run log. So a
column whose name is no plain word goes by the name of its field, and of a text inside an expression only plain
characters are left. A site loads nothing from a network: addresses are taken out, and that is said.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportgen.charts.logged.logged_chart import LoggedChart
from reportgen.charts.request import AXIS_HEIGHT
from reportgen.charts.run_values import as_number
from reportgen.charts.spec_file import HEIGHT, read_spec, sized, without_addresses
from reportgen.charts.specification import WIDTH, vega_of
from reportgen.document import Chart
from reportgen.errors import BlockError
from reportgen.numbers import short_text

DATA = "wandb"
TEMPLATE = re.compile(r"\$\{(field|string):([^:}]+)(?::([^}]*))?\}")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
UNSAFE = re.compile(r"[^\w .,:%/-]")
EXPRESSIONS = ("expr", "calculate", "filter", "signal", "test", "update", "init", "as")


def own_chart(
    logged: LoggedChart, name: str, id_: str, specs: Path | None, cache: Path | None
) -> tuple[Chart, tuple[str, ...]]:
    """The chart of a logged one by a file of the project, and a note when addresses were taken out of it.

    Raises:
        BlockError: there is no such file, or it is no specification.
    """
    where = f"specs/{name}.json"
    found = [0]
    template = without_addresses(read_spec(specs, name), found)
    names = {field: column if WORD.fullmatch(column) else _word(field) for field, column in logged.fields.items()}
    spec = _with_data(_inserted(template, names, logged.strings, ""))
    try:
        vega = spec if "marks" in spec else vega_of(sized(spec, WIDTH), cache)
    except ValueError as error:
        raise BlockError(f"{where} cannot be compiled: {str(error)[:300]}", remedy="see what Vega-Lite says") from error
    vega = {key: value for key, value in vega.items() if key not in ("background", "$schema")}
    rows = _rows(logged, names)
    for table in vega.get("data", ()):
        if isinstance(table, dict) and table.get("name") == DATA and "source" not in table:
            table["values"] = rows
    title = logged.title or name
    height = as_number(vega.get("height")) or HEIGHT
    panel = {"kind": "vega", "title": title, "height": min(max(int(height), 80), 2000) + AXIS_HEIGHT}
    notes = (f"{where}: addresses are left out, as a site loads nothing from elsewhere.",) if found[0] else ()
    return Chart(id_, title, panel, f"{title}: {len(rows):,} rows.", spec=vega), notes


def _inserted(value: Any, names: Mapping[str, str], strings: Mapping[str, str], key: str) -> Any:
    """The specification with its templates replaced."""
    if isinstance(value, list):
        return [_inserted(item, names, strings, key) for item in value]
    if isinstance(value, dict):
        return {name: _inserted(item, names, strings, name) for name, item in value.items()}
    if not isinstance(value, str):
        return value

    def replaced(match: re.Match[str]) -> str:
        kind, name, otherwise = match[1], match[2], match[3] or ""
        if kind == "field":
            return names.get(name) or otherwise or _word(name)
        text = strings.get(name) or otherwise
        return UNSAFE.sub("", text) if key in EXPRESSIONS or "datum" in value else text

    return TEMPLATE.sub(replaced, value)


def _word(name: str) -> str:
    """A name that may stand anywhere in an expression."""
    word = re.sub(r"[^A-Za-z0-9_]+", "_", name)
    return word if WORD.fullmatch(word) else f"_{word}"


def _with_data(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification over the data `DATA`: what had a name or an address, or nothing, is the logged table."""
    if "marks" in spec:
        tables = [table for table in spec.get("data", ()) if isinstance(table, dict)]
        bare = [table for table in tables if not {"values", "source"} & set(table)]
        if bare and not any(table.get("name") == DATA for table in tables):
            tables.insert(0, {"name": DATA})
            for table in bare:
                table["source"] = DATA
        return {**spec, "data": tables or [{"name": DATA}]}
    data = spec.get("data")
    given = isinstance(data, dict) and ("values" in data or "sequence" in data)
    return spec if given else {**spec, "data": {"name": DATA}}


def _rows(logged: LoggedChart, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The table as rows of plain values: columns under their own names, if these are words, and under their fields'."""
    places = {column: place for place, column in enumerate(logged.columns)}
    keys = {column: column for column in logged.columns if WORD.fullmatch(column)}
    wanted = [*((keys[column], places[column]) for column in keys)]
    wanted += [(names[field], places[column]) for field, column in logged.fields.items() if column in places]
    return [{key: _plain(row[place]) for key, place in wanted if place < len(row)} for row in logged.rows]


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    number = as_number(value)
    return short_text(value) if number is None else value

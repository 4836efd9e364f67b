"""Run folders of every sort, as hypothesis strategies: lines intact, odd, torn or garbage, in any set of files.

JSON is put together as text, so that it can say what no Python value does: a key twice, a number beyond float64.
"""

import json
import os

from hypothesis import strategies as st

Log = dict[str, bytes]
"""Name of a file -> what is in it."""

WRITERS = ("", ".2", ".3", ".rank1", ".rank1.2", ".rank01", ".loader", ".a.b", ". ", ".é", os.fsdecode(b".\xff"))
WRITERS += (os.fsdecode(b".\xfe"), ".run", ".jsonl", ".-1", ".0", "." + "9" * 30)
NAMES = [f"{stream}{writer}.jsonl" for stream in ("run", "metrics", "system", "console") for writer in WRITERS]
STRANGE = ["metrics..jsonl", "METRICS.jsonl", "metrics.json", "xmetrics.jsonl", "notes.txt", ".metrics.jsonl"]
KEYS = ("loss", "a", "a.b", "b", "a.b.c", "", "é", "\ud800", "?", "f0", 'q"', "_step", "_timestamp", "_type")
NUMBERS = ["0", "1", "-0", "0.5", "1e3", "1E-3", "1e999", "-1e999", "1e-400", "NaN", "Infinity", "-Infinity"]
NUMBERS += ['"NaN"', '"Infinity"', '"-Infinity"', "true", "9007199254740993", "18446744073709551616", "1" + "0" * 400]
NUMBERS += ["0.1000000000000000055511151231257827021181583404541015625", "1" * 4301, "2.2250738585072011e-308"]
MEDIUM = '{"_type": "image-file", "path": "files/media/x.png"}'
OTHERS = ["null", "false", '""', '"text"', '"nan"', '"\\ud83d\\ude00"', '"\\udfff"', '"\ud800"', "[]", "{}", "[1, 2]"]
OTHERS += [MEDIUM, f"[{MEDIUM}, {MEDIUM}]", f"[{MEDIUM}, 1]", '{"_type": 1}', '"\\u0000"', "{}", '{"": {}}']
STEPS = ["0", "1", "2", "3", "-1", "-5", "0.5", "1.5", "true", "9007199254740993", "1e300", "1e999", '"2"', '"NaN"']
STEPS += ["NaN", "null", "[1]", '{"x": 1}', "1" + "0" * 400]
TIMES = ["1763868000.5", "1763868001", "1763871599", "0", "-1e300", "1e300", "1e999", '"1763868000"', "NaN", "null"]

scalars = st.one_of(
    st.sampled_from(NUMBERS),
    st.sampled_from(OTHERS),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.integers(-(2**70), 2**70).map(repr),
    st.text(max_size=4).map(json.dumps),
)
keys = st.one_of(st.sampled_from(KEYS), st.text(max_size=3))


def members(pairs: list[tuple[str, str]]) -> str:
    """An object with these keys, in this order, as often as they come."""
    return "{" + ", ".join(f"{json.dumps(key)}: {text}" for key, text in pairs) + "}"


def objects(of: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    """Objects of any keys with such values."""
    return st.lists(st.tuples(keys, of), max_size=most).map(members)


values = st.recursive(
    scalars,
    lambda inner: st.one_of(objects(inner, 3), st.lists(inner, max_size=3).map(lambda of: f"[{', '.join(of)}]")),
    max_leaves=5,
)
deep = st.sampled_from([5, 62, 63, 64, 65, 100, 3000]).map(lambda n: members([("a", '{"b": ' * n + "1" + "}" * n)]))
usual = st.tuples(
    st.tuples(st.just("_step"), st.sampled_from(STEPS)),
    st.tuples(st.just("_timestamp"), st.sampled_from(TIMES)),
    st.tuples(st.sampled_from(KEYS), st.sampled_from(NUMBERS)),
    st.tuples(st.sampled_from(KEYS), values),
)
rows = st.one_of(
    usual.flatmap(lambda pairs: st.lists(st.sampled_from(pairs), unique=True).map(members)), objects(values), deep
)
FIELDS = ("type", "time", "config", "summary", "removed", "name", "tags", "notes", "group", "host", "pid", "version")
FIELDS += ("attempt", "starting_step", "rewind", "fork", "rank", "world_size", "local_rank", "label", "exit_code")
FIELDS += ("step_metric", "step_sync", "goal", "hidden", "overwrite", "title", "text", "level", "action", "size")
FIELDS += ("aliases", "preempting", "artifact_type", "stream", "project", "id", "git", "gpu", "memory", "disk")
SAID = ['{"step": 1}', '{"run": "b", "step": 2}', '"loss"', '["min", "best"]', '"log"', '"minimize"', '"a*"', "3", "2"]
KINDS = ["start", "config", "summary", "update", "metric", "artifact", "alert", "finish", "of tomorrow"]
records = st.builds(
    lambda kind, pairs: members([("type", kind), *pairs]),
    st.one_of(st.sampled_from(KINDS).map(json.dumps), values),
    st.lists(st.tuples(st.sampled_from(FIELDS), st.one_of(st.sampled_from(SAID + TIMES), values)), max_size=6),
)
printed = st.lists(
    st.one_of(
        st.tuples(st.just("time"), st.sampled_from(TIMES)),
        st.tuples(st.just("stream"), st.sampled_from(['"stdout"', '"stderr"', "3"])),
        st.tuples(st.just("text"), st.one_of(st.text(max_size=4).map(json.dumps), values)),
    ),
    max_size=4,
).map(members)


def encoded(text: str) -> bytes:
    """In UTF-8; halves of surrogate pairs as bytes that UTF-8 forbids."""
    return text.encode("utf-8", "surrogatepass")


@st.composite
def spoiled(draw: st.DrawFn, line: bytes) -> bytes:
    """A line to which something has happened."""
    at = draw(st.integers(0, len(line)))
    return draw(
        st.sampled_from(
            [
                line[:at],
                line[at:],
                line[:at] + b"\xff" + line[at:],
                line[:at] + b"\0" + line[at:],
                line[:at] + b"\n" + line[at:],
                b"\xef\xbb\xbf" + line,
                b"\0" * 7 + line,
                b" \t" + line + b"\x0c",
                line + b"\r",
                line + line,
                line + b" " + line + line + b'{"z": "z"}',
                line[:-1] + b", " + line[1:],
                line.decode("utf-8", "replace").encode("utf-16-le"),
                b'{"long": "' + b"x" * 9_000 + b'", ' + line[1:],
            ]
        )
    )


GARBAGE = st.one_of(
    st.sampled_from([b"", b" ", b"\r", b"[1]", b"3", b'"x"', b"null", b"{", b"}"]), st.binary(max_size=9)
)


@st.composite
def regular(draw: st.DrawFn) -> list[bytes]:
    """Many rows of one shape, from step to step: what is read fast. A key or two may come to hold something else."""
    count, first = draw(st.integers(2, 24)), draw(st.integers(-1, 3))
    names = draw(st.lists(st.sampled_from(KEYS[:10]), max_size=3, unique=True))
    odd = draw(st.dictionaries(st.integers(0, count - 1), st.tuples(st.sampled_from(KEYS), values), max_size=2))
    found = []
    for row in range(count):
        pairs = [
            ("_step", f"{first + row}"),
            ("_timestamp", f"{1763868000 + row}.25"),
            *((k, f"{row}.5") for k in names),
        ]
        found.append(encoded(members([*pairs, odd[row]] if row in odd else pairs)))
    return found


@st.composite
def contents(draw: st.DrawFn, texts: st.SearchStrategy[str], *, with_regular: bool = False) -> bytes:
    """A file of such lines, among them perhaps a stretch of regular rows."""
    whole = texts.map(encoded)
    some = st.lists(st.one_of(whole, whole, whole.flatmap(spoiled), GARBAGE), max_size=8)
    found = draw(some)
    if with_regular and draw(st.booleans()):
        found += draw(regular()) + draw(some)
    return b"\n".join(found) + draw(st.sampled_from([b"\n", b"", b"\r\n", b"\n\n"]))


OF_STREAM = {
    "run": contents(records),
    "metrics": contents(rows, with_regular=True),
    "system": contents(rows, with_regular=True),
    "console": contents(printed),
}


@st.composite
def files(draw: st.DrawFn, names: st.SearchStrategy[list[str]]) -> Log:
    """Files with such names, in each what its stream may hold."""
    return {name: draw(OF_STREAM.get(name.partition(".")[0], st.binary())) for name in draw(names)}


one_writer = files(
    st.lists(st.sampled_from(["run.jsonl", "system.jsonl", "console.jsonl"]), unique=True).map(
        lambda names: ["metrics.jsonl", *names]
    )
)
run_folders = st.one_of(
    one_writer, files(st.lists(st.sampled_from(NAMES + STRANGE), min_size=1, max_size=6, unique=True))
)
"""The files of a run folder."""

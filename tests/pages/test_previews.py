"""What can be seen of saved files without fetching them."""

import pytest

from reportgen.document import FileList
from reportgen.pages import previews
from tests.builders import png, run
from tests.pages.test_run import blocks, page_of


def shown(context, run_id="a"):
    (listed,) = blocks(page_of(context, run_id), FileList)
    return {file.path: file.preview for file in listed.files}


def test_pictures_texts_and_tables_are_shown_and_the_rest_is_not(context_of):
    described = run("a")
    contents = {
        "a.png": png(),
        "b.json": b'{"a": 1}',
        "c.CSV": b"a,b\n1,2\n",
        "d/Makefile": "all: ä\n".encode(),
        "e.html": b"<script>alert(1)</script>",
        "weights.bin": b"\x00\x01",
        "latin1.txt": b"\xff\xfe\xfd",
        "empty.txt": b"",
        "long.txt": b"x" * (previews.MOST_BYTES + 1),
        "diff.patch": b"--- a\n",
    }
    for path, content in contents.items():
        described.file(f"files/{path}", content)
    found = shown(context_of(described))
    assert {path: preview.kind for path, preview in found.items() if preview} == {
        "a.png": "image",
        "b.json": "json",
        "c.CSV": "table",
        "d/Makefile": "text",
        "e.html": "text",
    }
    assert found["d/Makefile"].data.payload == {"text": "all: ä\n"}
    assert found["a.png"].data is None


def test_the_same_text_of_two_runs_is_one_dataset(context_of):
    described = [run(name).at(place).file("files/requirements.txt", b"numpy\n") for place, name in enumerate("ab")]
    context = context_of(*described)
    first, second = (shown(context, name)["requirements.txt"].data for name in "ab")
    assert first == second
    assert first.key.startswith("previews/")


def test_what_is_not_published_is_not_shown(context_of):
    context = context_of(run("a").file("files/a.txt", b"secret"), published=lambda _run, _path: False)
    assert shown(context) == {"a.txt": None}


@pytest.mark.parametrize("most", [0, 2])
def test_there_is_a_limit(context_of, monkeypatch, most):
    monkeypatch.setattr(previews, "MOST_PREVIEWS", most)
    described = run("a")
    for number in range(4):
        described.file(f"files/{number}.txt", b"text")
    assert sum(preview is not None for preview in shown(context_of(described)).values()) == most

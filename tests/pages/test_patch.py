"""Unified diffs, real and hostile."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.document import PatchFile, PatchLine
from reportgen.pages import patch_spans
from reportgen.pages.patch import LINE_CHARACTERS, PATCH_FILES, PATCH_LINES, parse_patch, patch_block

DIFF = """\
diff --git a/train.py b/train.py
index 1234567..89abcde 100644
--- a/train.py
+++ b/train.py
@@ -1,3 +1,4 @@ def main():
 import numpy
-lr = 0.1
+lr = 0.01
+-- a line that looks like a header
 run()
@@ -10 +11 @@
-old
\\ No newline at end of file
+new
diff --git a/gone.py b/gone.py
deleted file mode 100644
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-x
diff --git a/logo.png b/logo.png
Binary files a/logo.png and b/logo.png differ
"""


def test_a_patch_has_its_files_lines_and_numbers():
    (train, gone, logo), notes = parse_patch(DIFF)
    assert notes == ()
    assert (train.path, train.added, train.removed) == ("train.py", 3, 2)
    assert [(line.kind, line.old, line.new, line.text) for line in train.lines[:5]] == [
        ("hunk", 0, 0, "@@ -1,3 +1,4 @@ def main():"),
        ("context", 1, 1, "import numpy"),
        ("remove", 2, 0, "lr = 0.1"),
        ("add", 0, 2, "lr = 0.01"),
        ("add", 0, 3, "-- a line that looks like a header"),
    ]
    assert [(line.kind, line.old, line.new) for line in train.lines[-2:]] == [("remove", 10, 0), ("add", 0, 11)]
    assert (gone.path, gone.removed) == ("gone.py", 1)
    assert (logo.path, [line.text for line in logo.lines]) == ("logo.png", ["Binary file"])


def test_what_git_writes_is_read(tmp_path):
    def git(*words):
        done = subprocess.run(["git", *words], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    git("init", "-q")
    (tmp_path / "a file.py").write_text("one\ntwo\nthree\n")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "first")
    (tmp_path / "a file.py").write_text("one\n2\nthree\n")
    (tmp_path / "b.py").write_text("new\n")
    git("add", "-N", "b.py")
    files, _notes = parse_patch(git("diff"))
    assert [(file.path, file.added, file.removed) for file in files] == [("a file.py", 1, 1), ("b.py", 1, 0)]


def test_a_plain_diff_without_git_is_read():
    (file,), _notes = parse_patch("--- old.py\t2026-01-01\n+++ new.py\t2026-01-02\n@@ -1 +1 @@\n-a\n+b\n")
    assert (file.path, file.added, file.removed) == ("new.py", 1, 1)


def test_too_many_lines_are_left_out_counted_and_said():
    body = "".join(f"+{number}\n" for number in range(PATCH_LINES + 10))
    (file,), (note,) = parse_patch(f"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -0,0 +1,{PATCH_LINES + 10} @@\n{body}")
    assert (len(file.lines), file.added) == (PATCH_LINES, PATCH_LINES + 10)
    assert note == "11 more lines are not shown; the patch file has them."


def test_too_many_files_are_left_out_and_said():
    text = "".join(
        f"diff --git a/{n} b/{n}\n--- a/{n}\n+++ b/{n}\n@@ -1 +1 @@\n-a\n+b\n" for n in range(PATCH_FILES + 2)
    )
    files, notes = parse_patch(text)
    assert len(files) == PATCH_FILES
    assert notes[0] == "2 more files are not shown; the patch file has them."


def test_a_very_long_line_is_cut():
    (file,), _notes = parse_patch(f"--- a/x\n+++ b/x\n@@ -1 +1 @@\n+{'y' * 10_000}\n")
    assert len(file.lines[1].text) == LINE_CHARACTERS + 2


@pytest.mark.parametrize("text", ["", "hello", "@@ -x +y @@", "\0\0", "+++ b/x\n--- a/x", "@@ -1,99999999999 +1 @@"])
def test_what_is_no_diff_has_no_files(text):
    files, _notes = parse_patch(text)
    assert sum(len(file.lines) for file in files) == 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(DIFF.split("\n")) | st.text(max_size=10), max_size=40).map("\n".join))
def test_no_text_raises(text):
    files, _notes = parse_patch(text)
    assert all(file.added >= 0 for file in files)


def dressed(path, *lines):
    body = "\n".join(lines)
    removed, added = (sum(line[0] in (sign, " ") for line in lines) for sign in "-+")
    text = f"--- a/{path}\n+++ b/{path}\n@@ -1,{removed} +1,{added} @@\n{body}\n"
    (file,) = patch_block(text, "", "")[0].files
    return file.lines[1:]


def shown(line):
    return [(span.text, span.token, span.changed) for span in line.spans]


def test_code_has_its_colours_on_both_sides():
    kept, before, after = dressed("src/train.py", " def main():", "-    x = 'a'", "+    return 12  # twelve")
    assert shown(kept) == [("def", "k", False), (" ", "", False), ("main", "nf", False), ("():", "", False)]
    assert ("'a'", "s", False) in shown(before)
    assert [token for _, token, _ in shown(after) if token] == ["k", "m", "c"]


def test_a_text_over_several_lines_is_read_as_one():
    _open, inside, _close = dressed("a.py", '+"""', "+not = code", '+"""')
    assert shown(inside) == [("not = code", "s", False)]


def test_of_a_line_that_changed_a_little_the_words_are_marked():
    before, after = dressed("notes.unknown", "-lr = 0.1 and more", "+lr = 0.01 and much more")
    assert shown(before) == [("lr = 0.", "", False), ("1", "", True), (" and more", "", False)]
    assert shown(after) == [
        ("lr = 0.", "", False),
        ("01", "", True),
        (" and ", "", False),
        ("much ", "", True),
        ("more", "", False),
    ]


def test_lines_that_share_nothing_and_files_of_no_language_stay_plain():
    lines = dressed("notes.unknown", "-one thing", "+quite! another?", " kept")
    assert [line.spans for line in lines] == [(), (), ()]


def test_very_long_patches_stay_plain(monkeypatch):
    monkeypatch.setattr(patch_spans, "MOST_CHARACTERS", 20)
    assert [line.spans for line in dressed("a.py", "+def f():", "+    return 'long enough'")] == [(), ()]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["a.py", "b.html", "c.yaml", "d.ipynb", "Makefile", "e.ts", "\0.sh", "x" * 300 + ".c"]),
    st.lists(st.tuples(st.sampled_from("+- "), st.text(max_size=30).filter(lambda text: "\n" not in text)), max_size=8),
)
def test_the_pieces_of_a_line_are_the_line(path, lines):
    found = [PatchLine({"+": "add", "-": "remove", " ": "context"}[sign], 0, 0, text) for sign, text in lines]
    (file,) = patch_spans.dressed_files((PatchFile(path, 0, 0, tuple(found)),))
    for line, before in zip(file.lines, found, strict=True):
        assert "".join(span.text for span in line.spans) in ("", before.text)
        assert (line.text, line.kind) == (before.text, before.kind)

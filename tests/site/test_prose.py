import pytest

from reportgen.model import Workspace
from reportgen.site.links import workspace_links
from reportgen.site.prose import find_attachments, find_prose, report_cards

LINKS = workspace_links(Workspace(None, ()))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "reports").mkdir()
    return tmp_path


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_report_says_who_and_when_in_its_front_matter(folder):
    write(folder, "reports/a.md", "---\ntitle: Alpha\nauthor: Ada\ndate: 2026-03-01\ntags: [x, 2]\n---\ntext\n")
    (card,) = report_cards(find_prose(folder, LINKS), LINKS)
    assert (card.title, card.authors, card.date, card.tags) == ("Alpha", ("Ada",), "2026-03-01", ("x", "2"))
    assert card.uri == "reports/a/index.html"


def test_without_front_matter_the_heading_is_the_title(folder):
    write(folder, "reports/a.md", "intro\n\n# The *real* title #\n")
    write(folder, "reports/some-file.md", "no heading\n")
    assert [prose.title for prose in find_prose(folder, LINKS)] == ["The *real* title", "Some file"]


def test_reports_are_listed_newest_first_and_drafts_not_at_all(folder):
    write(folder, "reports/old.md", "---\ndate: 2025-01-01\n---\n")
    write(folder, "reports/sub/new.md", "---\ndate: 2026-01-01\n---\n")
    write(folder, "reports/idea.md", "---\ndraft: true\n---\n")
    write(folder, "reports/.hidden.md", "x")
    write(folder, "index.md", "# Home\n")
    names = [prose.name for prose in find_prose(folder, LINKS)]
    assert names == ["index.md", "reports/sub/new.md", "reports/old.md"]


def test_text_above_the_list_of_reports_is_no_report(folder):
    write(folder, "reports/index.md", "# All reports\n")
    (prose,) = find_prose(folder, LINKS)
    assert (prose.kind, prose.uri) == ("reports", "reports/index.html")
    assert report_cards((prose,), LINKS) == ()


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("---\ntitle: a\nauthors: [x\n---\n", "reports/a.md:4", "not valid YAML"),
        ("---\ntitle: {\n---\n", "reports/a.md", "not valid YAML"),
        ("---\n- a\n- b\n---\n", "reports/a.md:2", "keys and values"),
        (b"---\ntitle: a\n---\nok\n\xff\n", "reports/a.md:5", "UTF-8"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(folder, text, where, what):
    write(folder, "reports/a.md", text)
    (prose,) = find_prose(folder, LINKS)
    (problem,) = prose.problems
    assert problem.where.startswith(where)
    assert what in problem.what


def test_lines_count_from_the_top_of_the_file(folder):
    write(folder, "reports/a.md", "---\ntitle: a\n---\n\n\nfirst\nsecond\n")
    (prose,) = find_prose(folder, LINKS)
    assert prose.first_line("first\nsecond\n") == 6


def test_two_files_for_one_page_make_one_page(folder):
    write(folder, "reports/a.md", "# one\n")
    write(folder, "reports/a/index.md", "# two\n")
    assert [prose.uri for prose in find_prose(folder, LINKS)] == ["reports/a/index.html"]


def test_pictures_beside_the_prose_come_along(folder):
    write(folder, "index.md", "x")
    for name in (
        "plot.png",
        "train.py",
        "reports/data.csv",
        "reports/img/a.svg",
        "reports/.DS_Store",
        "runs/d/a/files/x.png",
    ):
        write(folder, name, "x")
    assert sorted(name for _, name in find_attachments(folder)) == ["plot.png", "reports/data.csv", "reports/img/a.svg"]

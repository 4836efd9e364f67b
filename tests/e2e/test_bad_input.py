"""What a person gets who has broken logs, broken reports or the wrong folder: words, a page, and never a traceback."""

import pytest

from tests.builders import run
from tests.e2e.site_check import broken, policies


def good(folder):
    run("good").metric("loss", [3, 2, 1]).finished().write(folder)
    return folder


def torn(folder):
    run("torn").metric("loss", [3, 2]).line("metrics", b'{"_step": 2, "lo').write(folder)


def garbage(folder):
    run("bad").metric("loss", [3, 2]).line("metrics", b"\x00\xff not json\n").finished().write(folder)


def empty_run(folder):
    (folder / "runs/digits/empty").mkdir()


def no_run(folder):
    (folder / "runs/digits/notes").mkdir()
    (folder / "runs/digits/notes/readme.txt").write_text("x")


def report(text):
    def write(folder):
        (folder / "reports").mkdir()
        (folder / "reports/r.md").write_text(text)

    return write


def latin(folder):
    (folder / "reports").mkdir()
    (folder / "reports/r.md").write_bytes("# R\n\nGrüße\n".encode("latin-1"))


# what is wrong, where the terminal says it is, and on which page it can be read
CASES = {
    "torn last line": (torn, "runs/digits/torn/metrics.jsonl:3", "runs/torn/index.html"),
    "empty run folder": (empty_run, "runs/digits/empty", "index.html"),
    "folder that is no run": (no_run, "runs/digits/notes", "index.html"),
    "garbage line": (garbage, "runs/digits/bad/metrics.jsonl:3", "runs/bad/index.html"),
    "missing metric": (report("# R\n\n```chart\nmetric: nope\n```\n"), "reports/r.md:", "reports/r/index.html"),
    "missing run": (report("# R\n\n\n{{ run('nope').summary.loss }}\n"), "reports/r.md:4", "reports/r/index.html"),
    "unknown chart": (
        report("---\ntitle: R\n---\n\n```chart\nkind: pie\n```\n"),
        "reports/r.md:6",
        "reports/r/index.html",
    ),
    "bytes that are no text": (latin, "reports/r.md:3", "reports/r/index.html"),
    "bad front matter": (report("---\ntitle: [R\n---\n\nText.\n"), "reports/r.md:", "reports/r/index.html"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_on_the_terminal_and_on_its_page(tmp_path, build, name):
    spoil, where, page = CASES[name]
    spoil(good(tmp_path))
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if where in line]
    what = line.partition(where)[2].partition(": ")[2]
    assert line.startswith("warning: ")
    assert what
    html = (tmp_path / "site" / page).read_text()
    assert where in html
    assert broken(tmp_path / "site") == []
    assert policies(tmp_path / "site") == []
    strict = build(tmp_path, "--strict")
    assert strict.returncode == 1
    assert where in strict.stderr


def test_the_home_page_counts_what_could_not_be_read(tmp_path, build):
    garbage(good(tmp_path))
    build(tmp_path)
    assert "1 place in the run logs could not be read" in (tmp_path / "site/index.html").read_text()


def refused(done, *words):
    assert done.returncode == 2, done.stderr + done.stdout
    assert done.stderr.startswith("Error: ")
    assert all(word in done.stderr for word in words), done.stderr


def test_a_folder_that_is_not_there(tmp_path, build):
    refused(build(tmp_path / "nowhere"), "nowhere")


def test_a_folder_without_runs(tmp_path, build):
    refused(build(tmp_path), "runs")


def test_a_site_inside_the_runs(tmp_path, build):
    refused(build(good(tmp_path), "--site-dir", tmp_path / "runs/site"), "runs")
    assert (tmp_path / "runs/digits/good").is_dir()


def test_a_site_that_would_delete_the_project(tmp_path, build):
    refused(build(good(tmp_path), "--site-dir", tmp_path), "project")
    assert (tmp_path / "runs/digits/good/metrics.jsonl").is_file()


def test_a_site_that_would_delete_somebodys_files(tmp_path, build):
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.tex").write_text("years")
    refused(build(good(tmp_path), "--site-dir", target), "delete")
    assert (target / "thesis.tex").read_text() == "years"


def test_a_configuration_that_cannot_be_read(tmp_path, build):
    (good(tmp_path) / "mkdocs.yml").mkdir()
    refused(build(tmp_path), "mkdocs.yml")


@pytest.mark.parametrize(
    "text",
    [
        "site_name: [x\n",
        "- a\n",
        "site_name: x\nplugins:\n  - reportgen:\n      nonsense: 1\n      at: 5\n",
        "plugins: [reportgen]\n",
        "site_name: x\nplugins: [{reportgen: {at: ../../out}}]\n",
        "site_name: x\ntheme: no-such-theme\n",
        "",
    ],
)
def test_a_configuration_that_makes_no_sense(tmp_path, build, text):
    (good(tmp_path) / "mkdocs.yml").write_text(text)
    done = build(tmp_path)
    assert done.returncode in (1, 2)
    assert done.stderr.strip()


def test_mkdocs_itself_says_what_is_wrong(tmp_path, command):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# x\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [reportgen]\n")
    done = command("build", module="mkdocs", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "runs" in done.stderr


HOSTILE = "</script><script>alert(1)</script>'\"><img src=x onerror=alert(1)>"


def test_hostile_names_stay_text(tmp_path, build):
    described = run("a").name(HOSTILE).notes(f"{HOSTILE} [x](javascript:alert(1))").tag(HOSTILE).group(HOSTILE, HOSTILE)
    described.config({HOSTILE: HOSTILE, "__proto__": {"x": 1}}).metric(HOSTILE, [1, 2, 3]).metric("__proto__", [1, 2])
    described.environment(command=[HOSTILE], host=HOSTILE, git={"remote": "javascript:alert(1)", "commit": HOSTILE})
    described.console(HOSTILE).file("files/<img src=x>.html", b"<script>alert(1)</script>").image(
        "../../x", caption=HOSTILE
    )
    described.finished().write(tmp_path)
    run("..", project="a b").metric("loss", [1])
    other = run("x", project="<b>")
    other.metric("loss", [2]).finished().write(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/r.md").write_text('# R\n\n{{ run("a").name }} and {{ run("a").notes }}\n')
    assert build(tmp_path).returncode == 0
    site = tmp_path / "site"
    assert broken(site) == []
    assert policies(site) == []
    for path in site.rglob("*.html"):
        html = path.read_text()
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path
        assert 'href="javascript:' not in html, path
    assert not [
        path for path in (site / "runs").rglob("*") if path.name.endswith(".html") and path.name != "index.html"
    ]

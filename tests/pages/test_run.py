"""The page of a run."""

import hashlib
import json
import math

import pytest

from reportgen.document import (
    Alerts,
    Chart,
    Console,
    Facts,
    FileList,
    Gallery,
    KeyValues,
    Listing,
    Notice,
    Patch,
    Prose,
)
from reportgen.pages import around_runs, run_page
from tests.builders import START, run

HOSTILE = ("<script>alert(1)</script>", "{{7*7}}", "../../etc/passwd", "\"'><img src=x onerror=alert(1)>")


def page_of(context, run_id):
    (project,) = context.workspace.projects
    run = project.run(run_id)
    return run_page(run, tuple(around_runs(project, context))[project.runs.index(run)], context)


def blocks(page, kind):
    return [block for section in page.sections for block in section.blocks if isinstance(block, kind)]


def facts(page):
    return {fact.label: fact for group in blocks(page, Facts) for fact in group.facts}


def full_run():
    diff = "diff --git a/t.py b/t.py\n--- a/t.py\n+++ b/t.py\n@@ -1 +1 @@\n-a\n+b\n"
    git = {
        "commit": "0123456789abcdef",
        "remote": "https://x:y@github.com/ada/digits.git",
        "branch": "main",
        "dirty": True,
    }
    return (
        run("b")
        .at(60)
        .name("adam-1")
        .environment(command=["python", "train.py", "--name", "a b"], host="gpu-7", python="3.11.7", git=git)
        .environment(
            os="Linux", cpu="Ryzen", cpu_count=16, memory={"total": 64e9}, gpu=[{"name": "H200"}, {"name": "H200"}]
        )
        .config(lr=0.001)
        .notes("**Baseline** <script>alert(1)</script>")
        .tag("baseline")
        .group("sweep", "train")
        .metric("val/acc", [0.5, 0.9])
        .metric("train/loss", [1.0, float("nan")])
        .metric("epoch", [0, 1])
        .define("epoch", hidden=True)
        .system("cpu", [10.0, 20.0])
        .console("hello\n")
        .image("wrong", step=1)
        .file("files/model.pt", b"weights")
        .file("files/diff.patch", diff.encode())
        .file("files/requirements.txt", b"# made by pip\nnumpy==2\npandas==3\n")
        .finished(seconds=75)
    )


def test_a_full_run_has_every_section(context_of):
    page = page_of(context_of(run("a"), full_run(), run("c").at(120)), "b")
    assert [section.id for section in page.sections] == [
        "overview",
        "charts",
        "media",
        "system",
        "console",
        "files",
        "code",
    ]
    assert (page.uri, page.template, page.kind, page.title) == ("runs/b/index.html", "run.html", "run", "adam-1")
    assert [dataset.key for dataset in page.datasets] == ["digits/r/b/console-0"]


def test_an_empty_run_has_an_overview_only(context_of):
    page = page_of(context_of(run("a")), "a")
    assert [section.id for section in page.sections] == ["overview"]
    assert page.facts["started"] == START


def test_a_run_without_any_time_has_none_in_its_head(context_of, tmp_path):
    folder = tmp_path / "runs/digits/a"
    folder.mkdir(parents=True)
    (folder / "metrics.jsonl").write_text('{"loss": 1}\n')
    page = page_of(context_of(), "a")
    assert (page.facts["started"], page.facts["duration"]) == (None, None)
    assert "Started" not in facts(page)


def test_the_head_knows_its_neighbours_and_its_colour(context_of):
    head = page_of(context_of(run("a"), full_run(), run("c").at(120)), "b").facts
    assert (head["previous"].uri, head["next"].uri) == ("runs/a/index.html", "runs/c/index.html")
    assert (head["color"], head["state"], head["tags"], head["duration"]) == (1, "finished", ("baseline",), 75)
    assert head["commit"].href == "https://github.com/ada/digits/commit/0123456789abcdef"
    ends = page_of(context_of(), "a").facts
    assert (ends["previous"], ends["next"].text) == (None, "adam-1")


def test_the_facts_are_what_was_captured_without_credentials(context_of):
    shown = facts(page_of(context_of(full_run()), "b"))
    assert {label: shown[label].value for label in ("State", "Duration", "Host", "Python", "OS", "CPU", "GPU")} == {
        "State": "finished",
        "Duration": "1 min 15 s",
        "Host": "gpu-7",
        "Python": "3.11.7",
        "OS": "Linux",
        "CPU": "Ryzen, 16 cores",
        "GPU": "2 H200",
    }
    assert shown["Command"].value == "python train.py --name 'a b'"
    assert shown["Command"].copy
    assert shown["Memory"].value == "64 GB"
    assert shown["Commit"].value == "0123456789 and uncommitted changes"
    assert shown["Repository"].value == "https://github.com/ada/digits.git"
    assert shown["Packages"].value == "2 installed, see files/requirements.txt"


def test_notes_are_sanitised_and_values_are_tables(context_of):
    page = page_of(context_of(full_run()), "b")
    (notes,) = [block for block in page.sections[0].blocks if isinstance(block, Prose)]
    assert "<strong>Baseline</strong>" in notes.html
    assert "<script" not in notes.html
    config, summary = blocks(page, KeyValues)
    assert config.rows == (("lr", "0.001", "0.001"),)
    assert ("val/acc", "0.9", "0.9") in summary.rows


def test_every_metric_that_is_not_hidden_has_a_panel_under_its_prefix(context_of):
    page = page_of(context_of(full_run()), "b")
    (section,) = [section for section in page.sections if section.id == "charts"]
    assert [block.html if isinstance(block, Prose) else block.title for block in section.blocks] == [
        "<h3>train</h3>",
        "train/loss",
        "<h3>val</h3>",
        "val/acc",
    ]
    assert section.count == 2
    charts = blocks(page, Chart)
    assert len({chart.id for chart in charts}) == len(charts)
    assert charts[1].panel["source"] == "run"
    assert charts[1].summary == "val/acc: 2 points, last 0.9, between 0.5 and 0.9."
    assert charts[2].panel["source"] == "system"


def test_globs_hide_and_name_the_axis(context_of):
    described = run("a").metric("val/a", [1]).metric("val/b", [1]).metric("train/a", [1]).metric("epoch", [1])
    described.define("val/*", hidden=True).define("val/b", step_metric="epoch").define("e*", step_metric="epoch")
    page = page_of(context_of(described), "a")
    names = {chart.title: chart.panel.get("xName") for chart in blocks(page, Chart)}
    assert names == {"val/b": "epoch", "train/a": None, "epoch": None}


def test_a_star_hides_all_that_was_logged_and_no_system_metric(context_of):
    page = page_of(context_of(run("a").metric("x", [1]).system("cpu", [1]).define("*", hidden=True)), "a")
    assert [chart.panel["metrics"] for chart in blocks(page, Chart)] == [["cpu"]]


def test_files_have_a_size_a_digest_and_a_place(context_of):
    page = page_of(context_of(full_run()), "b")
    (listed,) = blocks(page, FileList)
    model = next(file for file in listed.files if file.path == "model.pt")
    assert model.size == 7
    assert model.sha256 == hashlib.sha256(b"weights").hexdigest()
    assert model.uri == "runs/b/files/model.pt"
    private = page_of(context_of(published=lambda _run, path: path != "model.pt"), "b")
    (listed,) = blocks(private, FileList)
    assert next(file for file in listed.files if file.path == "model.pt").uri == ""


def test_the_code_has_the_patch_and_how_to_get_back(context_of):
    (patch,) = blocks(page_of(context_of(full_run()), "b"), Patch)
    assert [file.path for file in patch.files] == ["t.py"]
    assert patch.recipe.splitlines()[0] == "git clone https://github.com/ada/digits.git"
    assert patch.recipe.endswith("git apply ../diff.patch")
    assert patch.download == "runs/b/files/diff.patch"


def test_problems_of_a_run_stand_on_its_page(context_of):
    page = page_of(context_of(run("a").line("metrics", b"garbage\n").metric("loss", [1.0])), "a")
    (notice,) = [block for block in page.sections[0].blocks if isinstance(block, Notice)]
    assert notice.kind == "warning"
    assert "runs/digits/a/metrics.jsonl:2" in notice.items[0]


def test_blocks_of_the_page_are_of_the_kinds_that_templates_print(context_of):
    page = page_of(context_of(full_run()), "b")
    for kind in (Gallery, Console, Patch, FileList):
        assert len(blocks(page, kind)) == 1


def tables(page):
    return {table.title: [[cell.text for cell in row] for row in table.rows] for table in blocks(page, Listing)}


def test_attempts_say_when_where_and_how_they_ended(context_of):
    described = run("a").environment(host="n0").metric("loss", [3, 2, 1]).preempting()
    described.attempt(2, host="n1").metric("loss", [1], steps=[2]).failed(7, seconds=60)
    described.attempt(3, host="n2")
    page = page_of(context_of(described), "a")
    assert tables(page) == {
        "Attempts": [
            ["1", "2025-11-23 03:20 UTC", "50 s", "0 to 2", "n0", "preempted"],
            ["2", "2025-11-23 03:23 UTC", "1 min", "2", "n1", "failed (7)"],
            ["3", "2025-11-23 03:26 UTC", "0 ms", "", "n2", "crashed"],
        ]
    }
    (table,) = blocks(page, Listing)
    assert table.note == "1 point of earlier attempts was overwritten by later ones."
    assert [row[-1].full for row in table.rows] == ["crashed", "failed", "crashed"]
    assert facts(page)["State"].value == "crashed"


def test_a_preempted_run_says_so(context_of):
    page = page_of(context_of(run("a").metric("loss", [1]).preempting()), "a")
    assert facts(page)["State"].value == "crashed (preempted)"
    assert page.facts["preempted"] is True
    assert not tables(page)
    assert page_of(context_of(run("b").metric("loss", [1])), "b").facts["preempted"] is False


def test_a_preempted_run_that_ended_with_an_exit_code_says_both(context_of):
    described = run("a").metric("loss", [1]).preempting().failed(143)
    described.attempt(2).metric("loss", [1], steps=[1]).preempting().failed(143)
    page = page_of(context_of(described), "a")
    assert facts(page)["State"].value == "failed (exit code 143) (preempted)"
    assert page.facts["preempted"] is True
    assert [row[-1] for row in tables(page)["Attempts"]] == ["preempted (143)"] * 2


def test_ranks_say_where_they_ran_and_how_they_ended(context_of):
    described = run("a").rank(0, world_size=4, local_rank=0, host="n0", pid=10).metric("loss", [1]).finished()
    described.rank(1, world_size=4, local_rank=1, host="n0", pid=11).metric("loss", [1]).failed(3)
    described.rank(2, world_size=4, local_rank=0, host="n1", pid=12).metric("loss", [1])
    page = page_of(context_of(described), "a")
    assert tables(page) == {
        "Ranks": [
            ["rank 0", "n0", "0", "10", "1", "finished"],
            ["rank 1", "n0", "1", "11", "1", "failed (3)"],
            ["rank 2", "n1", "0", "12", "1", "crashed"],
        ]
    }
    assert blocks(page, Listing)[0].note == "3 of the 4 ranks of the job have logged."


def test_long_lists_of_attempts_and_ranks_are_cut(context_of):
    described = run("a").metric("loss", [1])
    for number in range(2, 252):
        described.attempt(number)
    for number in range(1, 252):
        described.label(f"w{number}")
    attempts, ranks = blocks(page_of(context_of(described), "a"), Listing)
    assert (len(attempts.rows), attempts.rows[-1][0].text) == (200, "251")
    assert attempts.note == "The last 200 of 251 are listed."
    assert (len(ranks.rows), ranks.rows[0][0].text) == (200, "main")
    assert ranks.note == "The first 200 of 252 are listed."


def test_panels_know_of_ranks_and_of_what_was_overwritten(context_of):
    described = run("a").rank(0).metric("loss", [3, 2]).metric("gone", [1], steps=[1]).system("cpu", [1])
    described.attempt(2).metric("loss", [1], steps=[1]).rank(1).metric("loss", [1]).metric("only", [5]).system(
        "cpu", [1]
    )
    page = page_of(context_of(described), "a")
    panels = {chart.title: chart.panel for chart in blocks(page, Chart)}
    assert panels["loss"]["ranks"] == {"main": "rank 0", "count": 2}
    assert panels["loss"]["overwritten"] == "some"
    assert panels["gone"]["overwritten"] == "all"
    assert "ranks" not in panels["gone"]
    assert panels["only"]["ranks"] == {"main": "rank 1", "count": 1}
    assert panels["CPU use (%)"]["ranks"] == {"main": "rank 0", "count": 2}
    assert "overwritten" not in panels["CPU use (%)"]
    alone = page_of(context_of(run("b").metric("loss", [1])), "b")
    assert not {"ranks", "overwritten"} & set(blocks(alone, Chart)[0].panel)


def test_a_fork_and_its_parent_lead_to_each_other(context_of):
    context = context_of(
        run("p").metric("loss", [3, 2]), run("c").at(5).name("child").fork("p", 1), run("d").at(9).fork("gone", 1)
    )
    forked = facts(page_of(context, "c"))["Forked from"]
    assert (forked.value, forked.uri) == ("p at step 1", "runs/p/index.html")
    fork = facts(page_of(context, "p"))["At step 1"]
    assert (fork.value, fork.uri) == ("child", "runs/c/index.html")
    missing = facts(page_of(context, "d"))["Forked from"]
    assert (missing.value, missing.uri) == ("gone at step 1, which is not in this project", "")


def test_many_forks_are_counted(context_of):
    described = [run(f"c{number:02}").at(number + 1).fork("p", 0) for number in range(60)]
    page = page_of(context_of(run("p").metric("loss", [1]), *described), "p")
    (group,) = [one for one in blocks(page, Facts) if one.title == "Forks"]
    assert len(group.facts) == 51
    assert group.facts[-1].value == "and 10 more"


def test_alerts_are_in_order_and_the_last_of_many(context_of):
    page = page_of(context_of(run("a").alert("late", "x" * 20_000, "ERROR", seconds=20).alert("early")), "a")
    (block,) = blocks(page, Alerts)
    assert [(alert.title, alert.level) for alert in block.alerts] == [("early", "INFO"), ("late", "ERROR")]
    assert len(block.alerts[1].text) == 10_001
    assert block.note == ""
    described = run("b")
    for number in range(130):
        described.alert(f"alert {number}", seconds=number)
    (block,) = blocks(page_of(context_of(described), "b"), Alerts)
    assert (len(block.alerts), block.alerts[0].title) == (100, "alert 30")
    assert block.note == "The first 30 alerts are not shown."


def test_media_that_were_overwritten_are_counted(context_of):
    described = run("a").metric("loss", [3, 2]).image("img", step=1).attempt(2).metric("loss", [1], steps=[1])
    page = page_of(context_of(described), "a")
    (section,) = [section for section in page.sections if section.id == "media"]
    assert section.blocks[0].items == ("1 of attempts that later ones have overwritten.",)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_run_is_text_everywhere(context_of, text):
    described = (
        run("a")
        .name(text)
        .environment(
            command=[text],
            host=text,
            os={"x": text},
            cpu=[text],
            memory=text,
            gpu=text,
            git={"commit": text, "remote": text},
        )
        .config({text: text})
        .notes(text)
        .tag(text)
        .group(text, text)
        .metric(text, [1.0])
        .system(text, [1.0])
        .console(text)
        .image(text.replace("/", "_"))
        .file("files/diff.patch", text.encode())
    )
    page = page_of(context_of(described), "a")
    for prose in blocks(page, Prose):
        assert "<script" not in prose.html
        assert "<img" not in prose.html
    for chart in blocks(page, Chart):
        assert set(chart.id) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")
    for fact in facts(page).values():
        assert fact.href == ""
    assert page.facts["commit"] is None
    assert all(math.isfinite(number) for number in json.loads(json.dumps(page.datasets[0].payload["times"].tolist())))


@pytest.mark.parametrize(
    "environment",
    [
        {"command": "one text"},
        {"command": 5, "git": "x", "host": ["a"], "gpu": 3, "cpu": {"name": 1}, "memory": "lots", "os": None},
        {"git": {"commit": 5, "remote": None, "branch": [], "dirty": "yes"}},
        {"gpu": {"name": "A100"}, "cpu": {"name": "Xeon", "count": 8}, "memory": 1e9, "cpu_count": True},
    ],
)
def test_an_environment_of_another_shape_spoils_nothing(context_of, environment):
    page = page_of(context_of(run("a").environment(**environment)), "a")
    assert all(isinstance(fact.value, str) and fact.value for fact in facts(page).values())


def test_a_fork_says_what_of_its_configuration_is_not_its_parents(context_of):
    context = context_of(
        run("p").config(optimizer={"lr": 0.1, "name": "adam"}, old=1).metric("loss", [3, 2]),
        run("c").at(5).config(optimizer={"lr": 0.01, "name": "adam"}, new="x").fork("p", 1),
        run("same").at(6).config(optimizer={"lr": 0.1, "name": "adam"}, old=1).fork("p", 1),
    )
    (table,) = blocks(page_of(context, "c"), Listing)
    assert [column.label for column in table.columns] == ["Config", "This run", "p"]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["optimizer.lr", "0.01", "0.1"],
        ["old", "—", "1"],
        ["new", "x", "—"],
    ]
    assert not blocks(page_of(context, "same"), Listing)
    assert not blocks(page_of(context, "p"), Listing)


def test_the_number_of_packages_leads_to_their_list(context_of):
    fact = facts(page_of(context_of(run("a").file("files/requirements.txt", b"# x\nnumpy\ntorch\n")), "a"))["Packages"]
    assert (fact.value, fact.uri) == (
        "2 installed, see files/requirements.txt",
        "runs/a/index.html#files:requirements.txt",
    )


def test_alerts_stand_in_the_charts(context_of):
    described = run("a").metric("loss", [1]).alert("", "text alone", seconds=3)
    for number in range(25):
        described.alert(f"alert {number}", level="ERROR", seconds=10 + number)
    marks = page_of(context_of(described), "a").facts["marks"]
    assert (len(marks), marks[-1]) == (20, {"time": START + 34, "level": "ERROR", "text": "alert 24"})
    alone = page_of(context_of(run("b").alert("", "text alone", seconds=3)), "b").facts["marks"]
    assert [mark["text"] for mark in alone] == ["text alone"]

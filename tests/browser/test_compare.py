"""Runs side by side as a reader sees them: chosen, measured against the first, drawn together, and with their code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.canvas import strong_colours, until
from tests.browser.conftest import build, served
from tests.browser.visits import Visitor
from tests.compare_project import HOSTILE, NEW, OLD, write_project

COMPARE = "compare/index.html"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    return build(write_project(folder / "project"), folder / "site")


@pytest.fixture(scope="module")
def site_http(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(params=["wide-file", "phone-http"])
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Path) -> Iterator[Visitor]:
    """On a large screen from a folder in the light scheme, and on a phone from a server in the dark one."""
    wide = request.param == "wide-file"
    root = site.as_uri() + "/" if wide else request.getfixturevalue("site_http")
    width, scheme = (1440, "light") if wide else (390, "dark")
    with Visitor.start(browser, root, width, scheme) as visiting:
        yield visiting
        assert visiting.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def cards(page: Page) -> Locator:
    return page.locator(".compare-run .run-name")


def row(page: Page, key: str) -> Locator:
    return page.locator(f"tr[data-key='{key}']")


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="What is compared").get_by_role("link", name=name)


def test_runs_are_chosen_moved_and_taken_out_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.open(COMPARE)
    expect(page.get_by_role("heading", name="Choose two runs or more")).to_be_visible()
    search = page.get_by_role("searchbox", name="Search runs to compare")
    search.fill("config.lr == 0.01")
    expect(page.locator(".picker-run")).to_have_text([re.compile("^new")])
    search.fill("config.lr ==")
    expect(page.locator(".compare-problem")).not_to_be_empty()
    search.fill("new")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Choose a run to compare with")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#runs=new$"))
    page.get_by_role("searchbox", name="Search runs to compare").fill("old")
    page.get_by_role("button", name=re.compile("^old")).click()
    expect(cards(page)).to_have_text(["new", "old"])
    page.get_by_role("button", name="Make old the baseline").press("Enter")
    expect(cards(page)).to_have_text(["old", "new"])
    expect(page.locator(".compare-run").first).to_contain_text("baseline")
    expect(page).to_have_url(re.compile(r"#runs=old,new$"))
    expect(page.get_by_role("button", name="Move old to the right")).to_be_focused()
    page.get_by_role("button", name="Add run").press("Enter")
    page.keyboard.type("bare")
    page.locator(".menu .picker-run").press("Enter")
    expect(cards(page)).to_have_text(["old", "new", f"{HOSTILE} bare"])
    expect(page).to_have_url(re.compile(r"#runs=old,new,bare$"))
    page.get_by_role("button", name=f"Take {HOSTILE} bare out").click()
    expect(cards(page)).to_have_text(["old", "new"])
    expect(page).to_have_url(re.compile(r"#runs=old,new$"))
    page.reload()
    expect(cards(page)).to_have_text(["old", "new"])


def test_what_the_address_asks_for_and_cannot_have_is_said(visitor: Visitor) -> None:
    page = visitor.open(f"{COMPARE}#runs=old,{'x' * 8},new")
    expect(page.locator(".compare-notices")).to_have_text("This project has no run “xxxxxxxx”.")
    expect(cards(page)).to_have_text(["old", "new"])
    expect(row(page, "config.lr")).to_be_visible()
    many = ",".join(["old", "new", "bare", *(f"more-{number}" for number in range(9))])
    page.goto("about:blank")
    page = visitor.open(f"{COMPARE}#runs={many}")
    expect(page.locator(".compare-notices")).to_contain_text("names 12 runs. The first 10 are compared")
    expect(cards(page)).to_have_count(10)
    expect(page.locator("thead th")).to_have_count(10)


def test_values_stand_side_by_side_against_the_baseline(visitor: Visitor) -> None:
    page = visitor.open(f"{COMPARE}#runs=old,new,bare")
    rate = row(page, "config.lr").locator("td")
    expect(rate).to_have_text(["0.1", re.compile(rf"^0\.01.*{MINUS}0\.09$"), "0.1"])
    expect(rate.nth(1).locator(".delta")).to_have_attribute("title", f"{MINUS}0.09 against the baseline, {MINUS}90 %")
    best = row(page, "summary.val/acc").locator(".cell-best")
    expect(best).to_have_count(1)
    expect(best).to_contain_text("0.82")
    expect(row(page, "summary.val/only_new").locator("td")).to_have_text(["—", re.compile("^3"), "—"])
    expect(row(page, "machine.Host").locator("td")).to_have_text(["node-a", "node-b", "—"])
    expect(row(page, "packages.numpy").locator("td")).to_have_text(["2.0", "2.1", "—"])
    expect(row(page, "config.optimizer.betas.second")).to_be_visible()
    page.get_by_role("button", name="betas 2").or_(page.get_by_role("button", name="betas")).first.click()
    expect(row(page, "config.optimizer.betas.second")).to_have_count(0)
    expect(row(page, "config.seed")).to_be_visible()
    page.get_by_role("button", name="Only differences").click()
    expect(row(page, "config.seed")).to_have_count(0)
    expect(page).to_have_url(re.compile("differing=yes"))
    page.get_by_role("searchbox", name="Search keys and values").fill("numpy")
    expect(page.locator("tr[data-key]")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert text == f"key,old,new,{HOSTILE} bare\npackages.numpy,2.0,2.1,\n", text
    if visitor.root.startswith("http"):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy Markdown").click()
        expect(page.locator(".table-count")).to_have_text("Copied")
        assert "| `packages.numpy` | 2.0 | 2.1 |  |" in page.evaluate("navigator.clipboard.readText()")
    page.get_by_role("searchbox", name="Search keys and values").fill("nowhere")
    expect(page.locator(".compare-values")).to_contain_text("No key and no value has “nowhere” in it.")


def test_heads_and_keys_stay_in_sight(visitor: Visitor) -> None:
    page = visitor.open(f"{COMPARE}#runs=old,new,bare,more-0,more-1,more-2,more-3,more-4")
    expect(row(page, "packages.numpy")).to_have_count(1)
    scroll = page.get_by_role("region", name="Values side by side")
    scroll.evaluate("box => box.scrollTo(300, 400)")
    box, head = scroll.bounding_box(), scroll.locator("thead th").first.bounding_box()
    key = scroll.locator("tbody tr[data-key] th").first.bounding_box()
    assert box is not None
    assert head is not None
    assert key is not None
    assert abs(head["y"] - box["y"]) < 3
    assert abs(key["x"] - box["x"]) < 3


def test_metrics_are_drawn_together(visitor: Visitor) -> None:
    page = visitor.open(f"{COMPARE}#runs=old,bare&show=metrics")
    expect(page.locator(".panel-title").filter(has_text="val/acc")).to_be_visible()
    expect(page.get_by_text("val/only_new")).to_have_count(0)
    canvas = page.locator(".panel", has_text="train/loss").locator("canvas").first
    canvas.scroll_into_view_if_needed()
    until(lambda: strong_colours(canvas) >= 2)
    expect(page.locator("[aria-description^='train/loss: 2 lines']")).to_have_count(1)
    page.get_by_label("Show metrics that match").fill("^val/acc$")
    expect(page.locator(".panel-host:visible")).to_have_count(1)
    page.get_by_role("button", name="log y").click()
    expect(page).to_have_url(re.compile(r"metrics=%5Eval%2Facc%24.*logY=1"))
    page.get_by_label("Show metrics that match").fill("nothing")
    expect(page.get_by_text("No metric matches “nothing”.")).to_be_visible()


def test_media_stand_at_one_step(visitor: Visitor) -> None:
    page = visitor.open(f"{COMPARE}#runs=old,new,bare&show=media")
    table = page.locator(".compare-media")
    expect(table.get_by_text("old at 2")).to_be_visible()
    expect(table.get_by_text("new at 2")).to_be_visible()
    expect(table.get_by_text("No samples")).to_have_count(1)
    page.keyboard.press("[")
    expect(table.get_by_text("old at 1")).to_be_visible()
    expect(table.get_by_text("new at 1")).to_be_visible()
    expect(page).to_have_url(re.compile("step=1"))
    page.reload()
    expect(table.get_by_text("new at 1")).to_be_visible()
    pictures = table.locator("img")
    expect(pictures).to_have_count(2)
    widths = pictures.evaluate_all("images => images.map(image => image.naturalWidth)")
    assert widths == [8, 8]
    table.get_by_role("link").filter(has=page.locator("img")).first.click()
    dialog = page.get_by_role("dialog", name="samples · old")
    dialog.get_by_label("Compare with").select_option(label="samples · new")
    expect(dialog.get_by_role("slider", name="Wipe")).to_be_visible()
    expect(dialog.locator("img")).to_have_count(2)
    page.keyboard.press("Escape")


def test_code_is_compared_or_said_why_not(visitor: Visitor) -> None:
    page = visitor.open(f"{COMPARE}#runs=old,new,bare&show=code")
    command = page.locator(".compare-command")
    expect(command.locator("del")).to_have_text(["0.1"])
    expect(command.locator("ins")).to_have_text(["0.01", "--warm-up"])
    link = page.get_by_role("link", name="Compare the commits at github.com")
    expect(link).to_have_attribute("href", f"https://github.com/team/digits/compare/{OLD}...{NEW}")
    expect(page.get_by_text("The uncommitted changes differ in 2 files and are the same in 1 file.")).to_be_visible()
    own = page.locator(".patch-file", has_text="train.py")
    expect(own.locator(".line-remove .line-text")).to_have_text(["+    rate = 0.2"])
    expect(own.locator(".line-add .line-text")).to_have_text(["+    rate = 0.3"])
    expect(page.locator(".patch-file", has_text="schedule.py")).to_contain_text("only in new")
    expect(page.locator(".patch-same")).to_contain_text("shared.py")
    expect(page.locator(".compare-packages tbody tr")).to_have_text(
        [re.compile("^extranot installed1.0$"), re.compile("^numpy2.02.1$")]
    )
    page.get_by_label("old against").select_option(label=f"{HOSTILE} bare")
    expect(page.get_by_text(f"The log of {HOSTILE} bare names no commit")).to_be_visible()
    expect(page.get_by_text("does not say whether there were uncommitted changes")).to_be_visible()
    expect(page.get_by_text(f"The log of {HOSTILE} bare has no list of installed packages")).to_be_visible()
    expect(page).to_have_url(re.compile("against=bare"))


def test_a_run_is_loaded_when_it_is_chosen(visitor: Visitor) -> None:
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open(f"{COMPARE}#runs=old,new")
    expect(row(page, "packages.numpy")).to_have_count(1)
    runs = {match[1] for url in asked if (match := re.search(r"/r/([^/]+)/", url))}
    assert runs == {"old", "new"}
    assert not [url for url in asked if "/gallery." in url or "/patch/" in url]
    tab(page, "Code").click()
    expect(page.locator(".patch-file")).to_have_count(2)
    assert len([url for url in asked if "/patch/" in url]) == 2


def test_other_pages_lead_here(visitor: Visitor) -> None:
    page = visitor.open("runs/new/index.html")
    page.get_by_role("link", name="old and this run").click()
    expect(cards(page)).to_have_text(["old", "new"])
    page = visitor.open("runs/old/index.html")
    page.get_by_role("link", name="Compare with …").click()
    expect(page.get_by_role("heading", name="Choose a run to compare with")).to_be_visible()
    expect(cards(page)).to_have_text(["old"])
    page = visitor.open("workspace/index.html#runs=only.old,bare")
    link = page.locator(".run-all").get_by_role("link", name="compare", include_hidden=True)
    expect(link).to_have_attribute("href", re.compile(r"#runs=old,bare$"))
    page.goto("about:blank")
    page = visitor.open("workspace/index.html")
    expect(link).to_have_attribute("href", re.compile(r"compare/index\.html$"))


def test_without_javascript_the_page_leads_to_the_table(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / COMPARE).as_uri())
    expect(page.locator(".notice")).to_contain_text("Comparing runs needs JavaScript")
    page.get_by_role("link", name="table of runs").click()
    expect(page.get_by_role("table").first).to_be_visible()
    context.close()


def test_paper_has_all_rows_and_no_controls(browser: Browser, site: Path) -> None:
    with Visitor.start(browser, site.as_uri() + "/") as visitor:
        page = visitor.open(f"{COMPARE}#runs=old,new")
        expect(row(page, "packages.numpy")).to_have_count(1)
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Copy Markdown")).to_be_hidden()
        box = page.locator(".compare-scroll")
        assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1")

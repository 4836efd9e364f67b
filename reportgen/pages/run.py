"""The page of a run: everything known about it, one section for each tab."""

import math
from collections.abc import Callable

from reportgen import schema
from reportgen.document import Block, Dataset, Fact, Facts, FileEntry, FileList, Link, Notice, Page, Prose, Section
from reportgen.markdown import render_untrusted
from reportgen.model import Run
from reportgen.numbers import format_duration
from reportgen.pages.alerts import alert_marks, alerts_block
from reportgen.pages.around import Around
from reportgen.pages.attempts import attempts_table, ranks_table, was_preempted
from reportgen.pages.compare import compare_uri
from reportgen.pages.console import console_block
from reportgen.pages.context import PageContext
from reportgen.pages.forge import clean_commit, commit_page
from reportgen.pages.machine import variables_tables
from reportgen.pages.overview import command_text, git_facts, git_text, overview_facts
from reportgen.pages.panels import by_prefix, facts_of, metric_panels
from reportgen.pages.patch import patch_block
from reportgen.pages.previews import previews_of
from reportgen.pages.recipe import code_recipe, left_out_notes
from reportgen.pages.system import system_blocks, system_panels
from reportgen.tables import config_table, summary_table

PATCH_BYTES = 4_000_000
REQUIREMENTS_BYTES = 1_000_000
DESCRIPTION_CHARACTERS = 200


def run_page(run: Run, around: Around, context: PageContext) -> Page:
    """The page of one run.

    Its sections are ``overview``, then ``charts``, ``media``, ``system``, ``console``, ``files``, ``artifacts`` and
    ``code`` where there is something to show.

    ``facts`` holds ``id``, ``name``, ``state``, ``preempted``, ``tags``, ``group``, ``job_type``, ``started``
    and ``duration`` (seconds, None when unknown), ``duration_text``, ``command``, ``color`` (the run's place in the
    project), ``commit``, ``history``, ``compare``, ``marks`` (what stands in the charts), ``previous`` and ``next``
    (Links or None).
    """
    datasets: list[Dataset] = []
    sections = [Section("overview", "Overview", _overview(run, around, context))]
    builders: tuple[Callable[[Run, PageContext], Section | None], ...] = (_charts, _media, _system)
    sections += [section for section in (build(run, context) for build in builders) if section]
    console, printed = _console(run, context)
    if console:
        sections.append(console)
        datasets += printed
    sections += [section for section in (_files(run, context), _artifacts(run, around), _code(run, context)) if section]
    return Page(
        uri=context.links.run(run),
        template="run.html",
        kind="run",
        title=run.name,
        sections=tuple(sections),
        project=run.project,
        description=f"Run {run.name} of {run.project}: {run.state}"[:DESCRIPTION_CHARACTERS],
        facts=_facts(run, around, context),
        datasets=tuple(datasets),
        until=run.ended,
    )


def _facts(run: Run, around: Around, context: PageContext) -> dict[str, object]:
    commit = clean_commit(git_text(run, "commit"))
    return {
        "id": run.id,
        "name": run.name,
        "state": run.state,
        "preempted": was_preempted(run),
        "tags": run.tags,
        "group": run.group,
        "job_type": run.job_type,
        "started": run.started if math.isfinite(run.started) else None,
        "duration": run.duration if math.isfinite(run.duration) else None,
        "duration_text": format_duration(run.duration),
        "command": command_text(run),
        "color": around.number,
        "commit": Link(commit[:10], href=commit_page(git_text(run, "remote"), commit)) if commit else None,
        "history": _history(run, context),
        "marks": alert_marks(run),
        "compare": Link("Compare with …", compare_uri((run,), context)),
        "previous": around.previous,
        "next": around.next,
    }


def _history(run: Run, context: PageContext) -> Link | None:
    """Where the rows of the run are for other programs, if they are published."""
    if not context.histories or not (run.series or run.overwritten):
        return None
    return Link(f"history.{context.histories}", context.links.history(run, context.histories))


def _overview(run: Run, around: Around, context: PageContext) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if run.problems:
        blocks.append(Notice("warning", "Parts of this run could not be read", tuple(map(str, run.problems))))
    alerts = alerts_block(run)
    if alerts:
        blocks.append(alerts)
    if run.notes.strip():
        blocks.append(Prose(render_untrusted(run.notes)))
    requirements = context.saved_text(run, schema.REQUIREMENTS_FILE, REQUIREMENTS_BYTES)
    saved = f"{context.links.run(run)}#files:{schema.REQUIREMENTS_FILE.removeprefix(f'{schema.FILES_FOLDER}/')}"
    cited = Facts("Reports", tuple(Fact("Cited in", link.text, uri=link.uri) for link in around.reports))
    others = [group for group in (around.forks, cited) if group and group.facts]
    facts = (*overview_facts(run, requirements, saved), *others)
    tables = tuple(table for table in (around.changed, attempts_table(run), ranks_table(run)) if table)
    return (*blocks, *facts, config_table(run), summary_table(run), *tables, *variables_tables(run))


def _charts(run: Run, context: PageContext) -> Section | None:
    charts = metric_panels(run, facts_of(run, "run", context.lines.get("run")))
    return Section("charts", "Charts", by_prefix(charts), len(charts)) if charts else None


def _system(run: Run, context: PageContext) -> Section | None:
    facts = facts_of(run, "system", context.lines.get("system"))
    charts = system_panels(run, facts)
    return Section("system", "System", system_blocks(run, facts), len(charts)) if charts else None


def _media(run: Run, context: PageContext) -> Section | None:
    if not run.media and not run.overwritten_media:
        return None
    from reportgen.pages.media import gallery_block  # most runs have none, and there is much to it

    gallery, notes = gallery_block(run, context)
    if run.overwritten_media:
        notes = (*notes, f"{len(run.overwritten_media):,} of attempts that later ones have overwritten.")
    blocks = (*_notes("Not everything is shown", notes), *((gallery,) if gallery.items else ()))
    return Section("media", "Media", blocks, len(gallery.items)) if blocks else None


def _console(run: Run, context: PageContext) -> tuple[Section | None, list[Dataset]]:
    console, notes = console_block(run, context.links.run_key(run, "console"))
    if console is None:
        return None, []
    section = Section("console", "Console", (*_notes("The start is left out", notes), console), console.lines)
    return section, [part.data for part in console.parts]


def _files(run: Run, context: PageContext) -> Section | None:
    if not run.files:
        return None
    entries = []
    previews = previews_of(run, context)
    for file in run.files:
        uri = context.links.run_file(run, file.path) if context.published(run, file.path) else ""
        digest = context.sha256(run.folder, f"{schema.FILES_FOLDER}/{file.path}")
        entries.append(FileEntry(file.path, file.size, digest, uri, previews.get(file.path)))
    return Section("files", "Files", (FileList("saved-files", tuple(entries)),), len(entries))


def _artifacts(run: Run, around: Around) -> Section | None:
    drawing = (around.lineage,) if around.lineage and len(around.lineage.nodes) > 1 else ()
    count = len({(record.project, record.name, record.version) for record in run.artifact_records})
    return Section("artifacts", "Artifacts", (*drawing, *around.artifacts), count) if around.artifacts else None


def _code(run: Run, context: PageContext) -> Section | None:
    text = context.saved_text(run, schema.PATCH_FILE, PATCH_BYTES)
    recipe, name = code_recipe(git_facts(run), {file.path for file in run.files})
    left_out = _notes("Not everything is in the patch", left_out_notes(git_facts(run)))
    if not text and not recipe and not left_out:
        return None
    download = context.links.run_file(run, name) if name and context.published(run, name) else ""
    patch, notes = patch_block(text, recipe, download)
    return Section("code", "Code", (*left_out, *_notes("The patch is longer", notes), patch), len(patch.files))


def _notes(title: str, notes: tuple[str, ...]) -> tuple[Notice, ...]:
    return (Notice("info", title, notes),) if notes else ()

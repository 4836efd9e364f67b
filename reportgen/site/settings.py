"""Settings: those of MkDocs for a project folder, and the `BuildConfig` that the plugin's options stand for."""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.markdown import MARKDOWN_EXTENSION_CONFIGS, MARKDOWN_EXTENSIONS
from reportgen.site.budget import parse_size
from reportgen.site.links import slug
from reportgen.storage import is_url

NAMES = ("mkdocs.yml", "mkdocs.yaml")
NO_FILE = b'site_name: ""\ntheme: reportgen\nplugins: [reportgen]\n'
SAYS_WHERE = re.compile(r"^(docs_dir|INHERIT)\s*:", re.MULTILINE)


def mkdocs_settings(folder: Path, site_dir: str | Path | None, empty: str) -> dict[str, Any]:
    """The arguments with which MkDocs loads the configuration of a project folder.

    Args:
        folder: the project folder, absolute.
        site_dir: where the site goes; None for what the configuration says.
        empty: a folder without files, for projects whose only Markdown is the project's own.

    Raises:
        ProjectError: there is no such folder, or its ``mkdocs.yml`` cannot be read.
    """
    if not folder.is_dir():
        remedy = "Give the folder that has runs/ in it; it is made by the first script that logs."
        raise ProjectError("there is no such folder", where=str(folder), remedy=remedy)
    target = {"site_dir": str(Path(site_dir).resolve())} if site_dir else {}
    path = next((folder / name for name in NAMES if (folder / name).exists()), None)
    if path is None:
        return {
            "config_file": io.BytesIO(NO_FILE),
            "config_file_path": str(folder / NAMES[0]),
            "docs_dir": empty,
            **target,
        }
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise ProjectError(f"this file cannot be read: {error.strerror}", where=str(path)) from error
    if (folder / "docs").is_dir() or SAYS_WHERE.search(text):
        return {"config_file": str(path), **target}
    return {"config_file": str(path), "docs_dir": empty, **target}


class PluginOptions(Protocol):
    """What stands below ``plugins: - reportgen:``."""

    path: str
    at: str
    runs: str
    cache: str | None
    jobs: int
    executor: str
    largest_file: int
    histories: str | None
    images: str | None
    budget: object


class MkDocsSettings(Protocol):
    """What the engine wants to know of MkDocs' configuration."""

    config_file_path: str
    site_dir: str
    site_name: str


def build_config(
    options: PluginOptions, mkdocs: MkDocsSettings, target: Path | None = None, site_url: str = ""
) -> BuildConfig:
    """What to build. Paths start from the folder of ``mkdocs.yml``.

    Args:
        options: of the plugin.
        mkdocs: what else that file says.
        target: replaces MkDocs' folder for the site.
        site_url: where the site goes from there.

    Raises:
        ProjectError: ``at`` is no folder of a site.
        UsageError: ``budget`` is no size.
    """
    beside = Path(mkdocs.config_file_path or ".").parent
    if any(part in (".", "..") or part != slug(part) for part in options.at.strip("/").split("/") if options.at):
        remedy = "Use letters, digits, dots and dashes, such as `at: demo`."
        raise ProjectError(f"`at: {options.at}` is no folder of a site", where=mkdocs.config_file_path, remedy=remedy)
    return BuildConfig(
        folder=beside / options.path,
        site_dir=target or Path(mkdocs.site_dir),
        site_url=site_url,
        site_name=mkdocs.site_name,
        runs=options.runs,
        prefix=options.at,
        cache=beside / options.cache if options.cache and not is_url(options.cache) else None,
        cache_url=options.cache.rstrip("/") if options.cache and is_url(options.cache) else "",
        jobs=options.jobs,
        executor=options.executor,
        largest_file=options.largest_file,
        histories=options.histories or "",
        images=options.images or "",
        budget=parse_size(str(options.budget)) if options.budget else 0,
    )


def markdown_settings(
    names: Sequence[str], configs: Mapping[str, Any], *, ours: bool
) -> tuple[list[str], dict[str, Any]]:
    """The Markdown extensions of a site and their options: what its author chose, and under it what reports need.

    Another theme than ours keeps its own options: the look of headings and code is its business.
    """
    defaults = MARKDOWN_EXTENSION_CONFIGS if ours else {}
    # The policy of the pages forbids style attributes, which is how tables are aligned otherwise.
    defaults = {"tables": {"use_align_attribute": True}, **defaults}
    merged = {name: {**options, **(configs.get(name) or {})} for name, options in defaults.items()}
    return [*names, *(name for name in MARKDOWN_EXTENSIONS if name not in names)], {**configs, **merged}

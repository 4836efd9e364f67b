"""The folder that a site is written to. What is no part of the site goes, so it had better be the right one."""

from collections.abc import Iterator
from pathlib import Path

from reportgen.config import BuildConfig
from reportgen.errors import ProjectError

SIGNS = ("index.html", "404.html", "sitemap.xml", "assets/assets.json")
"""What tells a site from a folder with somebody's files."""


def check_target(config: BuildConfig) -> None:
    """Refuse a target that holds, or lies in, what the site is made from.

    Raises:
        ProjectError: the build would delete something, or read what it writes.
    """
    target = config.site_dir.resolve()
    folder = config.folder.resolve()
    remedy = "Choose another --site-dir (site_dir in mkdocs.yml), such as the folder site in the project."
    if target == folder or target in folder.parents:
        raise ProjectError("the site would replace the project folder", where=str(config.site_dir), remedy=remedy)
    for source in _sources(config):
        if target == source or source in target.parents or target in source.parents:
            what = f"the site would be mixed with {source.name}/, which it is made from"
            raise ProjectError(what, where=str(config.site_dir), remedy=remedy)
    if target.exists() and not target.is_dir():
        raise ProjectError("this is a file, not a folder for a site", where=str(config.site_dir), remedy=remedy)
    if target.is_dir() and any(target.iterdir()) and not _is_site(target):
        what = "this folder has files in it that are no site; building would delete them"
        raise ProjectError(what, where=str(config.site_dir), remedy=f"{remedy} Or empty it yourself.")


def _is_site(folder: Path) -> bool:
    """Whether a folder is what an earlier build left, be it one that stopped half way and wrote only data."""
    if any((folder / sign).exists() for sign in SIGNS):
        return True
    scripts = (path for place in ("data", "*/data") for path in folder.glob(f"{place}/**/*.js"))
    first = next(scripts, None)
    return first is not None and first.read_bytes()[:14] == b"reportgen.put("


def _sources(config: BuildConfig) -> Iterator[Path]:
    for path in (config.runs_folder, config.folder / "reports", config.folder / "views", config.cache_folder):
        yield path.resolve()

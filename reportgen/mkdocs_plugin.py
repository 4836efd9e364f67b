"""MkDocs, and nothing but: the plugin tells it which Markdown the project has and lets it render that.

What is found, expanded and written is decided in `site`; a change of MkDocs ends here.
"""

import logging
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext

from reportgen.config import HISTORIES, IMAGES, MEGABYTE
from reportgen.errors import ProjectError, ReportgenError, UsageError
from reportgen.executors import open_workers
from reportgen.site.build import check_budget, date_sitemap, drop_unused, open_site, take_over, write_site
from reportgen.site.fetching import with_reach
from reportgen.site.listener import Listener, silent
from reportgen.site.places import bring_places, fetch_places, named_project, staging_folder
from reportgen.site.reports import expand_report, prose_view, sections_html, with_assets
from reportgen.site.search_data import prose_page
from reportgen.site.settings import build_config, markdown_settings, mkdocs_settings
from reportgen.site.site import Site
from reportgen.site.views import RenderedProse, toc_items
from reportgen.storage import is_url

log = logging.getLogger("mkdocs.plugins.reportgen")


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """The options below ``plugins: - reportgen:``; docs/reference/cli.md explains them."""

    path = config_options.Type(str, default=".")
    at = config_options.Type(str, default="")
    runs = config_options.Type(str, default="runs")
    cache = config_options.Optional(config_options.Type(str))
    jobs = config_options.Type(int, default=0)
    executor = config_options.Type(str, default="")
    largest_file = config_options.Type(int, default=25 * MEGABYTE)
    histories = config_options.Optional(config_options.Choice(HISTORIES))
    images = config_options.Optional(config_options.Choice(IMAGES))
    budget = config_options.Optional(config_options.Type((str, int)))


class LaterFile(File):
    """A page that `on_post_build` writes. MkDocs knows of it so that it can check and rewrite links to it."""

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 (the signature is MkDocs')
        """Leave it to `on_post_build`."""


class ReportgenPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # likewise
    """A project folder as part of a MkDocs site."""

    site: Site
    nav: Navigation
    held: ExitStack  # what has to be closed at the end
    target: Path | None = None  # where the site goes if that is not where MkDocs writes, see `build` below
    site_url = ""  # and where from there
    progress: Callable[[str, int, int], object] = staticmethod(silent)
    ours = True
    finished = False
    errors_as_they_are = False  # `build` below hands a ReportgenError to its caller

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the project; bring the theme and the Markdown extensions, where nothing else was chosen."""
        if not any("theme" in layer for layer in config.user_configs):
            config.theme = Theme(name="reportgen")
        self.ours = config.theme.name == "reportgen"
        config.markdown_extensions, config.mdx_configs = markdown_settings(
            config.markdown_extensions, config.mdx_configs, ours=self.ours
        )
        folders = tuple(Path(folder) for folder in config.theme.dirs) if self.ours else ()
        self.held = ExitStack()
        try:
            if self.target is None and is_url(_configured_site(config)):
                remedy = "Run `reportgen build`, which builds the same site and brings it there."
                raise ProjectError("MkDocs writes into folders only", where=_configured_site(config), remedy=remedy)
            settings = build_config(self.config, config, self.target, self.site_url)
            listener = Listener(log.warning, self.progress)
            fetch_places(settings, listener)
            opened = self.held.enter_context(open_workers(settings.executor, settings.jobs))
            settings, workers = with_reach(settings, opened)
            self.site = open_site(settings, listener, workers, folders)
        except ReportgenError as error:
            raise error if self.errors_as_they_are else PluginError(str(error)) from error
        config.site_name = self.site.frame.site_name
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Put the project's pages among MkDocs' own, under uris that end in a file name."""
        for file in list(files):
            if file.abs_src_path and self.site.owns(Path(file.abs_src_path)):
                files.remove(file)
        for file in files.documentation_pages():
            _place(file, file._get_dest_path(use_directory_urls=True))  # noqa: SLF001 (there is no public way to ask)
            if self.site.takes(Path(file.abs_src_path or file.src_uri), file.dest_uri):
                files.remove(file)
        for name, uri, source in self.site.sources():
            files.append(_place(File.generated(config, name, inclusion=InclusionLevel.NOT_IN_NAV, **source), uri))
        texts = [file.content_string for file in files.documentation_pages()]
        for name, uri in self.site.later("\n".join(texts)):
            later = LaterFile.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
            files.append(_place(later, uri))
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        """Keep MkDocs' nav until its pages know their titles."""
        self.nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Replace the blocks and values of a report by what they stand for."""
        return expand_report(self.site, page.file.dest_uri, markdown)

    def on_env(self, env: Any, files: Files, **_: Any) -> Any:
        """All Markdown is rendered: give our templates their filters, and the site the nav around it."""
        self.site.frame.surround(self.nav.items)
        self.site.show_covers()
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = self.site.date()
        return self.site.renderer.dress(env) if self.ours else env

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: Any) -> TemplateContext:
        """Give the template what it shows; another theme gets the engine's part of the page as more prose."""
        html = page.content = page.content or ""
        prose = RenderedProse(page.file.dest_uri, str(page.title or ""), html, toc_items(page.toc), page.meta)
        view = context["rg"] = prose_view(self.site, prose)  # type: ignore[typeddict-unknown-key]  # plugins may add keys
        self.site.found.append(prose_page(view, self.site.links))
        page.content += "" if self.ours else sections_html(self.site, view)
        return context

    def on_post_page(self, output: str, *, page: Page, **_: Any) -> str:
        """Make charts and tables work on pages of another theme."""
        return output if self.ours else with_assets(self.site, output, page.file.dest_uri)

    def on_template_context(self, context: TemplateContext, *, config: MkDocsConfig, **_: Any) -> TemplateContext:
        """The 404 page is a template without a page."""
        return {**context, "rg": self.site.frame.not_found(config.site_url or "")}  # type: ignore[typeddict-unknown-key]

    def on_post_build(self, config: MkDocsConfig, **_: Any) -> None:
        """Write all that is no prose."""
        write_site(self.site, own_assets=not self.ours)
        drop_unused(self.site, Path(config.site_dir))
        date_sitemap(self.site, Path(config.site_dir))
        check_budget(self.site, Path(config.site_dir))
        self.finished = True
        self.held.close()
        if self.target is None:
            bring_places(self.site.config, self.site.listener)

    def on_build_error(self, **_: Any) -> None:
        """Let go of the workers."""
        self.held.close()


def _place(file: File, uri: str) -> File:
    file.dest_uri, file.url = uri, quote(uri)
    file.__dict__.pop("abs_dest_path", None)  # was computed from the old place
    return file


def build(
    folder: str | Path,
    *,
    site_dir: str | Path | None = None,
    strict: bool = False,
    progress: Callable[[str, int, int], object] = silent,
    **options: Any,
) -> Site:
    """Build a project folder: with its ``mkdocs.yml`` or without.

    Args:
        folder: the project, a path or a URL.
        site_dir: where the site goes, likewise; by default where that file says, or ``site/`` in the folder.
        strict: take warnings for errors, once the site is written.
        progress: hears what is being done, how many of it are done, and how many there are.
        options: those of the plugin, such as ``jobs``; they go before what that file says, unless they are None.

    Raises:
        ReportgenError: it is no project, or there is no such option.
        SystemExit: MkDocs' ``Abort``, after warnings when ``strict``.
    """
    with tempfile.TemporaryDirectory() as empty:
        named = named_project(folder, site_dir, Listener(log.warning, progress))
        target = None if is_url(str(site_dir or "")) else site_dir
        config = load_config(**mkdocs_settings(named.folder, target, empty), strict=strict or None)
        plugin = next((one for one in config.plugins.values() if isinstance(one, ReportgenPlugin)), None)
        if plugin is None:
            plugin = config.plugins["reportgen"] = ReportgenPlugin()
            plugin.load_config({}, config.config_file_path)
        plugin.errors_as_they_are = True
        plugin.progress = progress
        plugin.load_config({**plugin.config, **_given(options)}, config.config_file_path)
        # MkDocs empties the folder that it writes to, and a site that is there shall stay whole and need few changes.
        plugin.target, plugin.site_url = Path(config.site_dir), named.site_url(_configured_site(config))
        if plugin.site_url:
            plugin.target = staging_folder(named.folder, plugin.site_url)
        config.site_dir = str(Path(empty, "rendered"))
        plugin.config.runs = named.runs(plugin.config.runs)
        try:
            mkdocs_build(config)
        finally:
            if plugin.finished:
                take_over(plugin.site, Path(config.site_dir))
                bring_places(plugin.site.config, plugin.site.listener)
    return plugin.site


def _configured_site(config: MkDocsConfig) -> str:
    """What ``mkdocs.yml`` says of ``site_dir``, before MkDocs made a path of it."""
    said = [str(layer["site_dir"]) for layer in config.user_configs if layer.get("site_dir")]
    return said[-1] if said and not Path(said[-1]).is_absolute() else ""


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that are not None, all of which are the plugin's."""
    for name in options:
        if name not in Options.__dict__:
            known = ", ".join(name for name, value in Options.__dict__.items() if hasattr(value, "validate"))
            raise UsageError(f"there is no option {name!r}", remedy=f"The options are {known}.")
    return {name: value for name, value in options.items() if value is not None}

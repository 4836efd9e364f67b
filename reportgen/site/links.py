"""Where everything is: the uri of each page, file and dataset, and how one page leads to another.

A uri is relative to the root of the site, without a leading slash, and names a file (``runs/a1/index.html``), so that a
link works when the site is opened from disk. A url is what stands in an attribute: relative to the page it stands on.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import quote

from reportgen.model import Run, Workspace

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_SLUG = 80
# Folders of the site itself, and the names that Windows keeps for devices: a project or run of that name gets a hash.
RESERVED = re.compile(
    r"(assets|data|runs|reports|workspace|compare|search|static|404|index|con|prn|aux|nul|(com|lpt)\d)(\..*)?",
    re.IGNORECASE,
)
OWN_FILES = ("manifest.js", "files.json", "history.csv", "history.parquet")
"""Files of the site among folders that are named after projects, runs and metrics."""
# What a browser neither runs nor shows as a page of this origin keeps its name; anything else is published as text.
PASSIVE = re.compile(
    r"\.(png|jpe?g|gif|webp|avif|bmp|mp4|webm|ogv|wav|mp3|ogg|m4a|flac|txt|log|csv|tsv|jsonl?|ya?ml|toml|md|patch|diff|py|ipynb"
    r"|obj|pdb|pqr|mcif|mmcif|cif|sdf?|gro|mol2|mmtf|np[yz]|pth?|pkl|safetensors|onnx|joblib|h5|hdf5|parquet|feather|arrow|gz|zip|tar|bz2|xz|zst|bin|ckpt|stl|gl(tf|b))",
    re.IGNORECASE,
)


def slug(name: str) -> str:
    """A name made of ``A-Za-z0-9._-`` only; a name that had to change ends in six digits of its own hash."""
    cleaned = UNSAFE.sub("-", name).strip("-.")[:LONGEST_SLUG]
    if cleaned and cleaned == name and not RESERVED.fullmatch(name):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{cleaned}-{digest}" if cleaned else digest


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name, no two the same, also where upper and lower case are the same."""
    found: dict[str, str] = {}
    taken = set(OWN_FILES)
    for name in names:
        proposed = slug(name)
        attempt = 0
        while proposed.casefold() in taken:
            attempt += 1
            digest = hashlib.sha256(f"{attempt}/{name}".encode("utf-8", "surrogatepass")).hexdigest()[:6]
            proposed = f"{slug(name)}-{digest}"
        taken.add(proposed.casefold())
        found[name] = proposed
    return found


def relative(uri: str, page: str) -> str:
    """The url that leads from a page to a uri (which may carry a ``#fragment``); both are relative to the site."""
    path, hash_mark, fragment = uri.partition("#")
    fragment = _fragment(fragment) if fragment else ""
    if not path:
        return f"#{fragment}"
    here, (there, quoted) = _folders(page), _quoted(path)
    same = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        same += 1
    return "/".join([".."] * (len(here) - same) + quoted[same:] or ["."]) + hash_mark + fragment


# A page has two dozen links, most of which every page has.
@lru_cache(maxsize=64)
def _folders(page: str) -> list[str]:
    return [part for part in posixpath.normpath(posixpath.dirname(page)).split("/") if part != "."]


@lru_cache(maxsize=1024)
def _quoted(path: str) -> tuple[list[str], list[str]]:
    parts = posixpath.normpath(path).split("/")
    return parts, [quote(part) for part in parts]


def _fragment(text: str) -> str:
    """An anchor, or a state such as ``runs=a,b``."""
    return quote(text, safe="/=,")


def file_slug(path: str) -> str:
    """The place of a saved file: each part made safe, and what is not known to be passive named as text.

    Different paths have different places: ``a.svg`` becomes ``a.svg.txt``, a real ``a.svg.txt`` gets one more.
    """
    parts = [slug(part) for part in PurePosixPath(path).parts if part not in ("/", "..")]
    name = PurePosixPath(path).name
    last = parts.pop()
    if last != name and PASSIVE.fullmatch(PurePosixPath(name).suffix):
        last += PurePosixPath(name).suffix.casefold()  # the hash hid what kind of file it is
    inner = last
    while inner.casefold().endswith(".txt"):
        inner = inner[:-4]
    if "." not in last:
        last += ".file.txt"
    elif "." in inner and not PASSIVE.fullmatch(PurePosixPath(inner).suffix):
        last += ".txt"
    return "/".join([*parts, last])


@dataclass(frozen=True, slots=True)
class Links:
    """The uris of one workspace's pages and the keys of its datasets.

    Attributes:
        prefix: empty, or the folder below which all of it lives, with a slash: ``demo/``.
        projects: project name -> slug.
        run_slugs: (project name, run id) -> slug of the run, where that is not the id itself.
        alone: whether there is only one project, which then has no folder of its own.
    """

    prefix: str
    projects: Mapping[str, str]
    run_slugs: Mapping[tuple[str, str], str]
    alone: bool

    def home(self) -> str:
        """The first page of all."""
        return f"{self.prefix}index.html"

    def project_home(self, project: str) -> str:
        """The first page of a project; the home page when it is the only one."""
        return f"{self._root(project)}index.html"

    def workspace(self, project: str) -> str:
        """The workspace of a project."""
        return f"{self._root(project)}workspace/index.html"

    def runs_table(self, project: str) -> str:
        """The table of a project's runs."""
        return f"{self._root(project)}runs/index.html"

    def compare(self, project: str) -> str:
        """The page that sets runs of a project side by side."""
        return f"{self._root(project)}compare/index.html"

    def run(self, run: Run) -> str:
        """The page of a run."""
        return f"{self.run_folder(run)}index.html"

    def run_folder(self, run: Run) -> str:
        """The folder of a run's page and files, with a slash."""
        return f"{self._root(run.project)}runs/{self.run_slug(run)}/"

    def run_slug(self, run: Run) -> str:
        """What a run is called in uris and keys, within its project."""
        return self.run_slugs.get((run.project, run.id), run.id)

    def run_file(self, run: Run, path: str) -> str:
        """The published copy of a file; ``path`` is relative to the run's ``files/`` folder."""
        return f"{self.run_folder(run)}files/{file_slug(path)}"

    def html_view(self, run: Run, path: str) -> str:
        """The page that shows the HTML of a published file without running it; no published file has such a name."""
        return f"{self.run_file(run, path)}.view.html"

    def reports(self) -> str:
        """The list of reports."""
        return f"{self.prefix}reports/index.html"

    def prose(self, path: str) -> str:
        """The page of a Markdown file, whose path is relative to the project folder: ``reports/sweep.md``."""
        source = PurePosixPath(path)
        folders = [slug(part) if index else part for index, part in enumerate(source.parts[:-1])]
        if source.stem.casefold() not in ("index", "readme"):
            folders.append(slug(source.stem))
        return self.prefix + "/".join([*folders, "index.html"])

    def from_data_root(self, uri: str) -> str:
        """A uri as the browser code wants it: relative to the folder that holds ``data/``."""
        return quote(uri.removeprefix(self.prefix))

    def key(self, project: str, *parts: str) -> str:
        """The key of a dataset of a project: ``digits/ov/val-acc-1a2b3c``."""
        return "/".join([self.projects[project], *parts])

    def run_key(self, run: Run, *parts: str) -> str:
        """The key of a dataset of a run: ``digits/r/a1/charts``."""
        return self.key(run.project, "r", self.run_slug(run), *parts)

    def runs_csv(self, project: str) -> str:
        """The runs of a project as a table for other programs."""
        return f"{self.prefix}data/{self.key(project, 'runs.csv')}"

    def runs_json(self, project: str) -> str:
        """The runs of a project as records, with all that is known of them."""
        return f"{self.prefix}data/{self.key(project, 'runs.json')}"

    def history(self, run: Run, kind: str) -> str:
        """Every row of a run for other programs; ``kind`` is one of `config.HISTORIES`."""
        return f"{self.prefix}data/{self.run_key(run, f'history.{kind}')}"

    def _root(self, project: str) -> str:
        return self.prefix if self.alone else f"{self.prefix}{self.projects[project]}/"


def workspace_links(workspace: Workspace, prefix: str = "") -> Links:
    """Give every project and run of a workspace its place."""
    runs: dict[tuple[str, str], str] = {}
    for project in workspace.projects:
        for run_id, run_slug in slugs(run.id for run in project.runs).items():
            if run_slug != run_id:
                runs[project.name, run_id] = run_slug
    folder = prefix.strip("/")
    return Links(
        prefix=f"{folder}/" if folder else "",
        projects=slugs(project.name for project in workspace.projects),
        run_slugs=runs,
        alone=len(workspace.projects) == 1,
    )

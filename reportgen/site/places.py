"""Places that were named by URL, and the folders of this machine that stand for them while a site is built.

Run logs, project and cache are mirrored before, which fetches only what has changed; the cache and the site are
brought back after. So everything in between works on folders, as it does where nothing is elsewhere.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportgen import schema
from reportgen.config import DERIVED, BuildConfig
from reportgen.errors import ProjectError, StorageError
from reportgen.pages.run_files import HASH_LIMIT
from reportgen.site.listener import Listener
from reportgen.site.target import SIGNS
from reportgen.storage import Folder, Storage, is_url, storage_of
from reportgen.storage.mirror import Mirror, Update
from reportgen.storage.upload import upload
from reportgen.storage.url import HASHED, UrlStorage

OBJECTS = f"/{schema.ARTIFACTS_FOLDER}/{schema.ARTIFACT_OBJECTS}/"
DIGEST = re.compile(rb'"digest": ?"([0-9a-f]{64})"')
MANIFEST = "manifest.js"


@dataclass(frozen=True, slots=True)
class Named:
    """A project as it was named.

    Attributes:
        url: empty for a folder of this machine.
        folder: that folder, or the one that stands for the URL.
        site_dir: where the site goes; None for what the configuration says.
    """

    url: str
    folder: Path
    site_dir: str | Path | None

    def site_url(self, configured: str) -> str:
        """Where the site goes if that is elsewhere, else empty; ``configured`` is what ``mkdocs.yml`` says."""
        said = str(self.site_dir or configured)
        if is_url(said):
            return said.rstrip("/")
        return f"{self.url}/{configured.strip('/') or 'site'}" if self.url and not self.site_dir else ""

    def runs(self, configured: str) -> str:
        """Where the runs are: beside the project, wherever that is."""
        return f"{self.url}/{configured.strip('/')}" if self.url and not is_url(configured) else configured


def named_project(folder: str | Path, site_dir: str | Path | None, listener: Listener) -> Named:
    """The project at a path or a URL. Of one that is elsewhere all but its runs and its site is fetched.

    Raises:
        StorageError: it cannot be reached.
    """
    local = storage_of(folder)
    if isinstance(local, Folder):
        return Named("", local.root.resolve(), site_dir)
    url = str(folder).rstrip("/")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    beside = home / "reportgen" / short_hash(url) / (url.rpartition("/")[2] or "project")
    beside.mkdir(parents=True, exist_ok=True)
    apart = [f"{DERIVED}/", "runs/", "site/"]
    if str(site_dir).startswith(f"{url}/"):
        apart.append(f"{str(site_dir).removeprefix(f'{url}/').rstrip('/')}/")
    _mirror(url, beside, listener, tuple(apart))
    return Named(url, beside, site_dir)


def staging_folder(folder: Path, site_url: str) -> Path:
    """Where a site is built that goes to a URL."""
    return folder / DERIVED / "sites" / short_hash(site_url)


def fetch_places(config: BuildConfig, listener: Listener) -> None:
    """Bring what is elsewhere to the folders that stand for it.

    Raises:
        ProjectError: the site would replace something else.
        StorageError: a place cannot be reached.
    """
    if config.site_url:
        check_site_url(config)
    if config.cache_url and config.shares_disk:
        _mirror(config.cache_url, config.cache_folder, listener)
    if config.runs_url:
        fetch_runs(config, listener)


def fetch_runs(config: BuildConfig, listener: Listener) -> Update:
    """Mirror the run logs. Of large files, and of what artifacts consist of, only the sizes."""
    with in_words(config.runs_url):
        lists = _lists(config.runs_folder)
        update = runs_mirror(config, lists).update(partial(listener.progress, "Fetching run logs"))
        if (now := _lists(config.runs_folder)) != lists:  # known only now that the records are here
            mirror = runs_mirror(config, now)
            update.add(mirror.take([file for file in mirror.source.files() if file.name in now]))
    if not update.files:
        remedy = "Check the URL. What belongs there is the folder runs/ that training scripts write."
        raise StorageError("there are no runs", where=config.runs_url, remedy=remedy)
    for trouble in update.troubles:
        listener.warn(trouble)
    return update


def bring_places(config: BuildConfig, listener: Listener) -> None:
    """Bring the site and the cache to where they belong.

    Raises:
        StorageError: the site cannot be put there. A cache that cannot is told.
    """
    if not config.shares_disk:
        return  # everything was written where it belongs
    if config.site_url:
        with in_words(config.site_url):
            progress = partial(listener.progress, "Uploading the site")
            upload(config.site_dir, _at(config.site_url), site_rank, progress)
    if config.cache_url:
        try:
            progress = partial(listener.progress, "Uploading the cache")
            upload(config.cache_folder, _at(config.cache_url), progress=progress)
        except OSError as error:
            listener.warn(f"{config.cache_url}: the cache cannot be kept there: {error.strerror or error}")


def site_rank(name: str) -> int:
    """What of two files of a site is put first: data, then what runs saved, pages, and at last the manifest."""
    if name.endswith(f"data/{MANIFEST}"):
        return 3
    if name.endswith(".html"):
        return 2
    return 0 if HASHED.search(name) else 1


def check_site_url(config: BuildConfig) -> None:
    """Refuse a place for the site that holds something else, for what is no file of the site is deleted there.

    Raises:
        ProjectError: it does.
        StorageError: it cannot be reached.
    """
    url = config.site_url
    remedy = "Choose another --site-dir, such as the folder site beside runs."
    for source in filter(None, (config.runs_url, config.cache_url)):
        if f"{source}/".startswith(f"{url}/") or f"{url}/".startswith(f"{source}/"):
            raise ProjectError(f"the site would be mixed with {source}", where=url, remedy=remedy)
    with in_words(url):
        storage = _at(url)
        names = [name for name, _ in storage.sizes()]
        if names and not set(SIGNS) & set(names) and not _has_data(storage, names):
            what = "there are files that are no site; building would delete them"
            raise ProjectError(what, where=url, remedy=f"{remedy} Or empty it yourself.")


@contextmanager
def in_words(url: str) -> Iterator[None]:
    """Errors of a place as those of a person, who may have named the wrong one or be nobody there."""
    try:
        yield
    except OSError as error:
        remedy = "Check the URL, and that the environment has credentials that may read and write there."
        raise StorageError(error.strerror or str(error), where=str(error.filename or url), remedy=remedy) from error


def short_hash(url: str) -> str:
    """A name for what stands for a URL here."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _has_data(storage: Storage, names: list[str]) -> bool:
    first = next((name for name in names if name.endswith(".js") and "data/" in name), None)
    return first is not None and bytes(storage.read(first))[:14] == b"reportgen.put("


def _at(url: str) -> UrlStorage:
    storage = storage_of(url)
    if not isinstance(storage, UrlStorage):
        raise StorageError("this is a folder of this machine", where=url, remedy="Give its path, without file://.")
    return storage


def _mirror(url: str, folder: Path, listener: Listener, apart: tuple[str, ...] = ()) -> None:
    with in_words(url):
        update = Mirror(_at(url), folder, apart=apart).update(partial(listener.progress, f"Fetching {url}"))
    for trouble in update.troubles:
        listener.warn(trouble)


def runs_mirror(config: BuildConfig, lists: frozenset[str] | None = None) -> Mirror:
    """The mirror of the run logs; ``lists`` are the objects whose content is wanted, by default those known here."""
    named = _lists(config.runs_folder) if lists is None else lists
    wants = partial(wants_of_runs, largest=max(config.largest_file, HASH_LIMIT), named=named)
    return Mirror(_at(config.runs_url), config.runs_folder, wants)


def wants_of_runs(name: str, size: int, *, largest: int, named: frozenset[str]) -> bool:
    """Whether the site needs the content of a file: not of those too large to be shown or hashed, nor of artifacts."""
    place = f"/{name}"
    if OBJECTS in place:
        return name in named
    return size <= largest or f"/{schema.FILES_FOLDER}/" not in place


def _lists(runs: Path) -> frozenset[str]:
    """The lists of files of the artifacts, which are objects like those that they name."""
    names: set[str] = set()
    for record in runs.glob(f"*/{schema.ARTIFACTS_FOLDER}/{schema.ARTIFACT_VERSIONS}/*/v*.json"):
        objects = record.parents[2].relative_to(runs) / schema.ARTIFACT_OBJECTS
        digests = (found.decode() for found in DIGEST.findall(record.read_bytes()))
        names |= {(objects / digest[:2] / digest).as_posix() for digest in digests}
    return frozenset(names)

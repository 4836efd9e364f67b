"""A project that is served: built, built again whenever something changes, and looked at meanwhile."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from reportgen.errors import AssetsError, ReportgenError, UsageError
from reportgen.mkdocs_plugin import build
from reportgen.serve.live import Live
from reportgen.serve.requests import LOCAL, Served, Server
from reportgen.serve.watch import Look, changes, look
from reportgen.site.assets import asset_map, theme_folder
from reportgen.site.site import Site
from reportgen.storage import Folder, is_url

VIEWS = "views"


@dataclass(slots=True)
class Session:
    """One project while it is served.

    Attributes:
        folder: the project.
        site: the last one that was built.
        options: of every build.
        live: tells pages what was built.
    """

    folder: Path
    site: Site
    options: dict[str, Any] = field(default_factory=dict)
    live: Live = field(default_factory=Live)
    _over: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def begin(cls, folder: str, **options: Any) -> "Session":
        """Build the project for the first time.

        Raises:
            ReportgenError: it is no project, or one that is elsewhere.
        """
        if is_url(folder):
            raise UsageError("a project in a bucket cannot be served", where=folder, remedy="Build its site instead.")
        return cls(Path(folder), build(folder, **options), options)

    @contextmanager
    def serving(self, host: str, port: int) -> Iterator[str]:
        """Serve the site in threads of their own; gives its address.

        Raises:
            UsageError: nothing can listen there.
        """
        try:
            server = Server((host, port), lambda taken: self._served(host, taken))
        except OSError as error:
            remedy = "Choose another one: --port 0 takes any that is free."
            raise UsageError(f"cannot listen: {error.strerror}", where=f"{host}:{port}", remedy=remedy) from error
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{'localhost' if _is_everywhere(host) else host}:{server.server_port}/"
        finally:
            self.end()
            server.shutdown()
            server.server_close()

    def follow(self, tell: Callable[[str], object]) -> None:
        """Build again whenever something changes, until the session is over.

        Args:
            tell: hears why a build failed, or nothing when it did not.
        """
        for _ in changes(self._look, self._over.wait):
            problem = self._build_again()
            self.live.tell(problem)
            tell(problem)

    def end(self) -> None:
        """Let `follow` and all pages that are open go."""
        self._over.set()
        self.live.end()

    def _build_again(self) -> str:
        try:
            self.site = build(self.folder, **self.options)
        except ReportgenError as error:
            return str(error)
        except SystemExit:
            return "MkDocs has given up: the terminal says why."
        except Exception as error:  # noqa: BLE001 (a plugin's or a hook's: whoever writes it will try again)
            return f"{type(error).__name__}: {error}"
        return ""

    def _look(self) -> Look:
        config = self.site.config
        return look({self.folder, config.runs_folder}, [config.site_dir])

    def _folder(self) -> Path:
        return self.site.config.site_dir

    def _state(self) -> str:
        """The manifest names the newest data, all of which are named after their content."""
        manifest = self.site.config.site_dir / f"{self.site.links.prefix}data/manifest.js"
        try:
            return hashlib.sha256(manifest.read_bytes()).hexdigest()[:16]
        except OSError:
            return ""

    def _served(self, host: str, port: int) -> Served:
        hosts = frozenset() if _is_everywhere(host) else frozenset(f"{name}:{port}" for name in (*LOCAL, host))
        script = theme_folder() / asset_map().get("live.js", "")
        if not script.is_file():
            remedy = "Run: cd themes/client && npm ci && npm run build"
            raise AssetsError("the browser code of reportgen is not built", where=str(script), remedy=remedy)
        return Served(self._folder, self._state, self.live, script.read_bytes(), self._save, hosts)

    def _save(self, name: str, text: str) -> None:
        Folder(self.folder / VIEWS).write(name, text.encode())


def _is_everywhere(host: str) -> bool:
    """Whether a server that listens there answers under every address of the machine."""
    try:
        return not host or ip_address(host).is_unspecified
    except ValueError:  # a name
        return False

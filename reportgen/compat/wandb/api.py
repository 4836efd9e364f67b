"""The read side of wandb's package over run logs on disk: ``reportgen.Api()``."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, overload

import pandas as pd

from reportgen.compat.wandb import env
from reportgen.compat.wandb.artifacts import find_artifact, versions_of
from reportgen.compat.wandb.filters import matches, ordered
from reportgen.compat.wandb.public_run import Run
from reportgen.config import BuildConfig
from reportgen.errors import ArtifactError, MissingError
from reportgen.frames import history_frame
from reportgen.logger import session
from reportgen.logger.artifacts.artifact import Artifact
from reportgen.logger.resolve import DEFAULT_PROJECT
from reportgen.model import Project
from reportgen.reading import load_workspace
from reportgen.schema import DEFAULT_FOLDER

NEWEST_FIRST = "-created_at"


class Api:
    """Reads the runs of a folder that holds projects. No server, no key, no network.

    Args:
        overrides: ``project`` and ``entity`` for paths that do not name them, ``dir`` for the folder.
        timeout: taken for scripts written for wandb; nothing here waits.
        api_key: likewise.
        dir: the folder that holds the projects; by default that of the run which this process began last, else
            ``REPORTGEN_DIR``, else ``runs``.
    """

    def __init__(
        self,
        overrides: Mapping[str, Any] | None = None,
        timeout: int | None = None,
        api_key: str | None = None,
        *,
        dir: str | os.PathLike[str] | None = None,  # noqa: A002 # as in `init`
    ) -> None:
        del timeout, api_key
        self.settings: dict[str, Any] = dict(overrides or {})
        self._given = dir or self.settings.get("dir")

    @property
    def default_entity(self) -> str:
        """The entity of paths that name none."""
        return str(self.settings.get("entity") or env.get_entity() or "")

    @property
    def _folder(self) -> Path:
        """Where the projects are now: a run may begin after this was made."""
        last = session.last_run()
        return Path(self._given or (last and last.settings.root) or env.get_dir() or DEFAULT_FOLDER).absolute()

    def projects(self, entity: str | None = None, per_page: int = 200) -> list[str]:
        """The names of all projects."""
        del entity, per_page
        return [project.name for project in self._projects()]

    def runs(
        self,
        path: str | None = None,
        filters: Mapping[str, Any] | None = None,
        order: str = "+created_at",
        per_page: int = 50,
        include_sweeps: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
    ) -> "Runs":
        """The runs of a project.

        Args:
            path: ``project`` or ``entity/project``; needless where there is one project.
            filters: as MongoDB has them: ``{"config.lr": {"$lt": 0.1}, "state": "finished"}``.
            order: a field with ``+`` or ``-``: ``-summary_metrics.val/acc``.
            per_page: taken for scripts written for wandb: all runs are there at once.
            include_sweeps: likewise.

        Raises:
            MissingError: there is no such project.
            QueryError: the filter or the order names an unknown field or operator.
        """
        del per_page, include_sweeps
        project = self._project(path)
        found = ordered([run for run in project.runs if matches(run, filters)], order)
        return Runs([Run(run, self._entity(path)) for run in found])

    def run(self, path: str) -> Run:
        """One run by ``id``, ``project/id`` or ``entity/project/id``.

        Raises:
            MissingError: there is no such run.
        """
        where, _, run_id = path.strip("/").rpartition("/")
        where = where.removesuffix("/runs")
        project = self._project(where or None)
        found = project.run(run_id)
        if found is None:
            known = ", ".join(str(run.id) for run in project.runs[:8])
            raise MissingError(
                f"project {project.name} has no run {run_id!r}", where="Api.run", remedy=f"There are {known}."
            )
        return Run(found, self._entity(where))

    def artifact(self, name: str, type: str | None = None) -> Artifact:  # noqa: A002 # wandb's name
        """A version of an artifact.

        Args:
            name: ``name:alias`` or ``project/name:v3``, with an entity before it if you like; without an alias the
                latest version is meant.
            type: what it has to be.

        Raises:
            ArtifactError: there is none.
            UsageError: it is of another type.
        """
        return find_artifact(self._folder, name, self._default_project(), type)

    def artifact_exists(self, name: str, type: str | None = None) -> bool:  # noqa: A002 # wandb's name
        """Whether there is a version of this name and type."""
        try:
            return type in (None, self.artifact(name).type)
        except ArtifactError:
            return False

    def artifacts(
        self, type_name: str, name: str, order: str | None = None, per_page: int = 50, tags: list[str] | None = None
    ) -> list[Artifact]:
        """The versions of an artifact, the newest first.

        Args:
            type_name: what it has to be.
            name: ``name`` or ``project/name``.
            order: ``+created_at`` for the oldest first.
            per_page: taken for scripts written for wandb: all versions are there at once.
            tags: only versions that have all of these.
        """
        del per_page
        found = versions_of(self._folder, name, self._default_project())
        found = [each for each in found if each.type == type_name and set(tags or ()) <= set(each.tags)]
        return found if order is None or order.startswith("-") else found[::-1]

    def flush(self) -> None:
        """Nothing is kept between calls: each reads the run logs as they are."""

    def _entity(self, path: str | None) -> str:
        return (path or "").strip("/").rpartition("/")[0] or self.default_entity

    def _default_project(self) -> str:
        """The project of names that do not say it, where that is decided."""
        last = session.last_run()
        return str(self.settings.get("project") or (last and last.project) or env.get_project() or DEFAULT_PROJECT)

    def _projects(self) -> tuple[Project, ...]:
        folder = self._folder
        if not folder.is_dir():
            remedy = "Pass Api(dir=…) or set REPORTGEN_DIR to the folder that holds the projects."
            raise MissingError(f"there is no folder {folder}", where="Api", remedy=remedy)
        config = BuildConfig(folder.parent, Path(tempfile.gettempdir()), runs=folder.name, cache=_cache_of(folder))
        return load_workspace(config).projects

    def _project(self, path: str | None) -> Project:
        projects = self._projects()
        name = (path or "").strip("/").rpartition("/")[2]
        if not name and len(projects) == 1:
            return projects[0]
        name = name or self._default_project()
        for project in projects:
            if project.name == name:
                return project
        known = ", ".join(project.name for project in projects) or "none"
        raise MissingError(
            f"there is no project {name!r} in {self._folder}", where="Api", remedy=f"There are: {known}."
        )


def _cache_of(folder: Path) -> Path:
    """The cache of the project folder, so that a script and the build share what they have read."""
    return folder.parent / ".reportgen" / "cache"


class Runs:
    """Runs in an order: a sequence that also gives the histories of all."""

    def __init__(self, runs: list[Run]) -> None:
        self._runs = runs

    def __len__(self) -> int:
        return len(self._runs)

    def __iter__(self) -> Iterator[Run]:
        return iter(self._runs)

    @overload
    def __getitem__(self, place: int) -> Run: ...
    @overload
    def __getitem__(self, place: slice) -> list[Run]: ...
    def __getitem__(self, place: int | slice) -> Run | list[Run]:
        return self._runs[place]

    def __repr__(self) -> str:
        return f"<Runs {len(self)}>"

    def histories(
        self,
        samples: int = 500,
        keys: list[str] | None = None,
        x_axis: str = "_step",
        format: str = "default",  # noqa: A002 # wandb's name
    ) -> pd.DataFrame | list[Mapping[str, Any]]:
        """The histories of all runs, rows with their ``run_id``; a frame with ``format="pandas"``."""
        rows: list[Mapping[str, Any]] = []
        for run in self._runs:
            found = run.history(samples, keys, x_axis, pandas=False)
            rows += [{"run_id": run.id, **row} for row in found if isinstance(row, Mapping)]
        return history_frame(rows) if format == "pandas" else rows

"""A run as wandb's Api gives it: read from its run log, changed by appending to it."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pandas as pd

from reportgen.compat.wandb.artifacts import LOGGED, USED, artifacts_of
from reportgen.errors import MissingError, UsageError
from reportgen.frames import history_frame, history_rows, sampled
from reportgen.logger.artifacts.artifact import Artifact
from reportgen.logger.media.store import MediaStore
from reportgen.logger.troubles import Troubles
from reportgen.logger.values import Cleaner
from reportgen.logger.writing.encoding import encode_line
from reportgen.model import Run as LoggedRun
from reportgen.model import RunFile
from reportgen.schema import CONFIG, FILES_FOLDER, RUN_FILE, STEP, SUMMARY, UPDATE

HISTORY_SAMPLES = 500
CHANGEABLE = ("name", "notes", "tags")


class File:
    """A file of a run.

    Attributes:
        name: path below the run's ``files/``.
        size: in bytes.
        path_on_disk: where it is.
    """

    def __init__(self, file: RunFile, run: LoggedRun) -> None:
        self.name = file.path
        self.size = file.size
        self.path_on_disk = run.folder / FILES_FOLDER / file.path
        self.url = self.direct_url = self.path_on_disk.absolute().as_uri()

    def __repr__(self) -> str:
        return f"<File {self.name} ({self.size} bytes)>"

    def download(self, root: str = ".", replace: bool = False, exist_ok: bool = False) -> BinaryIO:  # noqa: FBT001, FBT002 # wandb's signature
        """Copy the file below a folder and open the copy.

        Raises:
            UsageError: there is a file already, and neither ``replace`` nor ``exist_ok`` was given.
        """
        target = Path(root) / self.name
        if target.exists() and not replace:
            if exist_ok:
                return target.open("rb")
            raise UsageError(
                f"{target} exists already", where="File.download", remedy="Pass replace=True or exist_ok=True."
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.path_on_disk, target)
        return target.open("rb")


class RunSummary(dict[str, Any]):
    """The summary of a run that was logged, by dotted keys. What is changed in it is kept by `update`."""

    def __init__(self, run: "Run", values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self._run = run

    @property
    def _json_dict(self) -> dict[str, Any]:
        """A plain dictionary: what wandb's guides put into a data frame."""
        return dict(self)

    def update(self, *values: Any, **more: Any) -> None:
        """Take values, and append all that has changed to the run log."""
        super().update(*values, **more)
        self._run.update()


class Run:
    """A run that was logged. Its config, tags, name, notes and summary may be changed; `update` keeps that.

    Attributes:
        id: name of the run's folder.
        name: what people call it.
        state: finished, failed, crashed or running.
        config: nested, as logged.
        summary: one value for each key.
        tags: words to find it by.
        notes: Markdown.
        group: name shared by runs that belong together.
        job_type: what the run does in its group.
        created_at: when it began, as ISO 8601 in UTC.
        heartbeat_at: its last sign of life.
    """

    def __init__(self, run: LoggedRun, entity: str = "") -> None:
        self._run = run
        self._take(run)
        self.entity = entity
        self.project = run.project
        self.id = str(run.id)
        self.state = run.state
        self.group, self.job_type = run.group, run.job_type
        self.created_at, self.heartbeat_at = _iso(run.started), _iso(run.ended)

    def _take(self, run: LoggedRun) -> None:
        self.name: str = run.name
        self.notes: str = run.notes
        self.tags: list[str] = list(run.tags)
        self.config: dict[str, Any] = json.loads(json.dumps(run.config))
        self.summary = RunSummary(self, run.summary)
        self._kept = self._state()

    def _state(self) -> dict[str, Any]:
        """What may be changed, as it is now."""
        fields = {name: getattr(self, name) for name in CHANGEABLE}
        return deepcopy({**fields, "config": self.config, "summary": dict(self.summary)})

    def __repr__(self) -> str:
        return f"<Run {'/'.join(self.path)} ({self.state})>"

    @property
    def path(self) -> list[str]:
        """Entity, project and id."""
        return [part for part in (self.entity, self.project, self.id) if part]

    @property
    def url(self) -> str:
        """Where the run log is."""
        return self._run.folder.absolute().as_uri()

    @property
    def metadata(self) -> dict[str, Any]:
        """What was captured of machine, code and command."""
        return dict(self._run.environment)

    @property
    def summary_metrics(self) -> dict[str, Any]:
        """The summary as a plain dictionary."""
        return dict(self.summary)

    @property
    def system_metrics(self) -> dict[str, float]:
        """The last value of each system metric."""
        return {name: float(series.values[-1]) for name, series in self._run.system.items()}  # noqa: PD011 # no frame

    @property
    def lastHistoryStep(self) -> int:  # noqa: N802 # wandb's name
        """The last step; -1 if nothing was logged."""
        return int(max((series.steps.max() for series in self._run.series.values()), default=-1))

    @property
    def username(self) -> str:
        """Who ran it."""
        return str(self._run.environment.get("user") or "")

    @property
    def json_config(self) -> str:
        """The configuration as JSON in wandb's form."""
        return json.dumps({key: {"desc": None, "value": value} for key, value in self.config.items()})

    def history(
        self,
        samples: int = HISTORY_SAMPLES,
        keys: Sequence[str] | None = None,
        x_axis: str = STEP,
        pandas: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
        stream: str = "default",
    ) -> pd.DataFrame | list[Mapping[str, Any]]:
        """What was logged, as rows by step.

        Args:
            samples: at most so many rows, evenly spread; None for all.
            keys: only rows that have all of these, and nothing else of them.
            x_axis: a metric that becomes part of the rows and orders them.
            pandas: a data frame instead of a list of dicts.
            stream: ``default``, or ``system`` for the system metrics.
        """
        wanted = None if keys is None else list(dict.fromkeys([x_axis, *keys]))
        rows: list[Mapping[str, Any]] = list(history_rows(self._run, wanted, system=stream in ("system", "events")))
        if x_axis != STEP:
            rows.sort(key=lambda row: (x_axis not in row, row.get(x_axis, 0)))
        rows = sampled(rows, samples)
        if wanted is not None:
            rows = [{key: row[key] for key in dict.fromkeys([STEP, *wanted])} for row in rows]
        return history_frame(rows) if pandas else rows

    def scan_history(
        self,
        keys: Sequence[str] | None = None,
        page_size: int = 1000,
        min_step: int | None = None,
        max_step: int | None = None,
    ) -> Iterator[Mapping[str, Any]]:
        """Every row, one after the other, from ``min_step`` up to but not including ``max_step``."""
        del page_size  # there are no pages to be fetched
        for row in history_rows(self._run, keys):
            if (min_step is None or row[STEP] >= min_step) and (max_step is None or row[STEP] < max_step):
                yield row

    def files(self, names: Sequence[str] | None = None, per_page: int = 50) -> list[File]:
        """The files of the run, or those of these names."""
        del per_page
        return [File(file, self._run) for file in self._run.files if names is None or file.path in names]

    def file(self, name: str) -> File:
        """The file of this name.

        Raises:
            MissingError: the run has none.
        """
        found = self.files([name])
        if not found:
            raise MissingError(f"run {self.id} has no file {name!r}", where="Run.file", remedy="See Run.files().")
        return found[0]

    def logged_artifacts(self, per_page: int = 100) -> list[Artifact]:
        """The artifacts that it logged, as far as they are still there."""
        del per_page
        return artifacts_of(self._run, LOGGED)

    def used_artifacts(self, per_page: int = 100) -> list[Artifact]:
        """The artifacts that it used, as far as they are still there."""
        del per_page
        return artifacts_of(self._run, USED)

    def update(self) -> None:
        """Append what was changed to the run log. Nothing that was logged is overwritten."""
        folder = str(self._run.folder)
        cleaner = Cleaner(MediaStore(folder), Troubles(strict=True))
        before, now = self._kept, self._state()
        changed = {name: now[name] for name in CHANGEABLE if now[name] != before[name]}
        config = {key: value for key, value in now["config"].items() if value != before["config"].get(key)}
        summary = {key: value for key, value in now["summary"].items() if value != before["summary"].get(key)}
        removed = [key for key in before["summary"] if key not in now["summary"]]
        records = (
            *([{"type": UPDATE, **changed}] if changed else []),
            *([{"type": CONFIG, "config": config}] if config else []),
            *([{"type": SUMMARY, "summary": summary, "removed": removed}] if summary or removed else []),
        )
        lines = [encode_line(cleaner.tree(record)) for record in records]
        if lines:
            with (self._run.folder / RUN_FILE).open("ab", buffering=0) as file:
                file.write(b"".join(lines))
        self._kept = now

    save = update

    def delete(self, delete_artifacts: bool = False) -> None:  # noqa: FBT001, FBT002 # wandb's signature
        """Delete the run's folder. Artifacts are kept: other runs may use them."""
        del delete_artifacts
        shutil.rmtree(self._run.folder)

    def wait_until_finished(self) -> None:
        """Return at once: what is read is what was there when it was read. Ask the Api again for what came later."""

    def to_html(self, height: int = 420, hidden: bool = False) -> str:  # noqa: FBT001, FBT002 # wandb's signature
        """A line about the run for a notebook."""
        from html import escape

        del height, hidden
        return f"<p><b>{escape(self.name)}</b> {escape(self.state)} <code>{escape(str(self._run.folder))}</code></p>"

    _repr_html_ = to_html


def _iso(seconds: float) -> str | None:
    return None if seconds != seconds else datetime.fromtimestamp(seconds, UTC).isoformat()  # noqa: PLR0124 # NaN

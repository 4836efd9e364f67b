"""A run: what a training script holds in its hands."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic
from time import time as now
from types import TracebackType

from reportgen.logger.alerts.run_alerts import Alerts
from reportgen.logger.artifacts.run_artifacts import RunArtifacts
from reportgen.logger.attempts.attempt import Attempt
from reportgen.logger.attempts.plan import plan_attempt
from reportgen.logger.attempts.run_attempts import RunAttempts
from reportgen.logger.capture.capture import Capture
from reportgen.logger.cards.run_card import RunCard
from reportgen.logger.config import Config, merge
from reportgen.logger.config_source import settings_of
from reportgen.logger.description import Description
from reportgen.logger.files.run_files import RunFiles
from reportgen.logger.identity import Identity
from reportgen.logger.lifetime import LIFETIME, exit_code_of_exception
from reportgen.logger.media.store import MediaStore
from reportgen.logger.metrics import Metrics
from reportgen.logger.rows import LARGEST_STEP, are_numbers, clean_row, whole_step
from reportgen.logger.run_values import RunValues
from reportgen.logger.settings import NO_EFFECT, Settings
from reportgen.logger.start import start_fields, with_overrides
from reportgen.logger.summary import Summary
from reportgen.logger.troubles import Troubles
from reportgen.logger.values import Cleaner
from reportgen.logger.watching.watch import Watching
from reportgen.logger.writing.encoding import encode, encode_line
from reportgen.logger.writing.run_log import RunLog
from reportgen.logger.writing.timed_sync import TimedSync
from reportgen.schema import FINISH, START, STEP, TIMESTAMP, UPDATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

CAPTURE_TIMEOUT = 10.0
"""Seconds that `Run.finish` waits for git and the list of packages."""
ROWS = "rows that could not be logged"
ACTIVE, DISABLED, FINISHED, FORKED = "", "is disabled", "has finished", "belongs to the parent of this process"


class Run(
    Alerts,
    Description,
    Identity,
    Metrics,
    RunCard,
    RunFiles,
    RunAttempts,
    RunValues,
    Watching,
    RunArtifacts,
):
    """One run, from `reportgen.init` to `finish`. Nothing here raises into training unless the run is strict.

    Attributes:
        config: settings by name, see `Config`.
        summary: one value for each key, see `Summary`.
        capture_timeout: seconds that `finish` waits for captures.
    """

    def __init__(
        self, settings: Settings, fields: Mapping[str, object], config: object = None, attempt: Attempt | None = None
    ) -> None:
        """Begin a run; `reportgen.init` is the way to make one.

        Args:
            settings: where it goes and what is captured.
            fields: ``name``, ``tags``, ``notes``, ``group``, ``job_type``, as far as they were given.
            config: the first configuration.
            attempt: which writer of the run this is; found out by default.
        """
        self._attempt = attempt = attempt or plan_attempt(settings)
        self.id, self.project, self.folder = settings.run_id, settings.project, settings.folder
        self.settings = settings
        self.start_time = now()
        self.capture_timeout = CAPTURE_TIMEOUT
        values: dict[str, Any] = {}
        merge(values, attempt.config)
        merge(values, settings_of(config))
        super().__init__(attempt.described_by({"name": self.id}, fields))
        self._troubles = Troubles(strict=settings.strict, silent=settings.silent, quiet=settings.quiet)
        self._cleaner = Cleaner(MediaStore(settings.folder), self._troubles)
        self._last: dict[str, Any] = attempt.earlier.logged if attempt.earlier else {}
        self._step = attempt.starting_step
        self._unlogged = 0
        self._finishing = False
        self._inactive = DISABLED if settings.disabled else ACTIVE
        tell = None if settings.allow_val_change else self._tell_change
        self.config: Config = Config(attempt.config_with(values), self._write_config, tell)
        self.summary: Summary = Summary(
            self._last, self._write_summary, self._remove_summary, *attempt.summary_before()
        )
        if not self._inactive:
            self._begin(settings, self.config.as_dict() if attempt.fork else values)

    def _begin(self, settings: Settings, values: Mapping[str, object]) -> None:
        self._files = RunLog(settings.folder, self._troubles, self._attempt.claims)
        self._lock = self._files.metrics.lock
        self._put = self._files.metrics.put
        self._sync = TimedSync(self._files.sync, self._troubles)
        self._capture = Capture(settings, self._files, self._troubles, self._update)
        self._record(START, {**self._who(), "time": self.start_time, **start_fields(settings)})
        if values:
            self._write_config(values)
        self._files.metrics.reserve()
        with self._troubles.guard("capture", "cannot capture the surroundings of the run"):
            self._capture.start()
            self._sync.start(settings.fsync_seconds)
        LIFETIME.begin(self, signals=self._attempt.described)
        for name, why in NO_EFFECT.items():
            if getattr(settings, name, None):
                self._troubles.hint(name, f"{name} has no effect: {why}")
        if settings.save_code or settings.code_dir:
            from reportgen.logger.files.first_code import save_first_code

            with self._troubles.guard("code", "cannot keep the code"):
                save_first_code(self)

    # What a script does with a run.

    def log(self, data: Mapping[str, Any], step: int | None = None, commit: bool | None = None) -> None:  # noqa: FBT001 # wandb's signature
        """Log a row: metrics, texts and media by name. When this returns, the row survives the death of the process.

        Args:
            data: values by name; nested dictionaries become dotted names.
            step: the step of the row; by default the next one. Rows of the same step are shown as one.
            commit: False keeps the step open for the next row. By default a row without ``step`` closes its step and
                a row with ``step`` keeps it open.
        """
        try:
            if type(data) is dict and not self._inactive and (step is None or type(step) is int):
                with self._lock:  # The fast path: plain finite numbers, written with as few steps as Python allows.
                    number = self._step if step is None else step
                    try:
                        plain = are_numbers(map(type, data.values()))  # what else there is may be huge, or worse
                        if plain:
                            row = {STEP: number, TIMESTAMP: now(), **data}
                            line = encode(row)
                            total = sum(data.values())
                            plain = total - total == 0 and len(row) == len(data) + 2  # no NaN, no key of ours
                    except Exception:  # noqa: BLE001 # whatever it is, the slow path finds out and reports it
                        plain = False
                    # A signal handler may have logged since, and taken the number.
                    free = number == self._step if step is None else step <= LARGEST_STEP
                    if plain and free and not self._inactive:
                        if step is None:
                            self._step = number if commit is False else number + 1
                        elif number >= self._step:
                            self._step = number + 1 if commit else number
                        self._put(line + b"\n")
                        self._last.update(data)
                        if self._derived:
                            self._derived.add(data, self._last)
                        return
            self._log_any(data, step, commit)
        except Exception:  # a script at its recursion limit or out of memory has no room to be told
            if self._troubles.strict:
                raise
            self._unlogged += 1

    def finish(self, exit_code: int | None = None, quiet: bool | None = None) -> None:  # noqa: FBT001 # wandb's signature
        """End the run: wait for captures, write the finish record, close the files.

        Args:
            exit_code: 0 (the default) for success; any other means that the run has failed.
            quiet: print no hints from here on.
        """
        self._troubles.quiet |= bool(quiet)
        if self._inactive:
            self._inactive = FINISHED if self._inactive == DISABLED else self._inactive
            return
        deadline = monotonic() + self.capture_timeout
        if not self._finishing:  # else a signal arrived while waiting below: end at once
            self._finishing = True
            with self._troubles.guard("capture", "cannot end the captures", background=True):
                self._capture.stop(self.capture_timeout)
                self._end_alerts(max(0.0, deadline - monotonic()))
        with self._lock:
            if self._inactive:
                return
            self._inactive = FINISHED
        LIFETIME.end(self)
        with self._troubles.guard("finish", "cannot write the end of the run"):
            self._files.record(FINISH, {"time": now(), "exit_code": int(exit_code or 0)})
            self._sync.stop(max(0.0, deadline - monotonic()))
            self._files.close_streams()
            self._files.run.close()
            self._end_attempt(int(exit_code or 0))
        self._troubles.lose(ROWS, self._unlogged)
        self._troubles.tell_losses()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._active:
            with self._troubles.guard("console", "cannot record why the run failed"):
                self._capture.note_exception(error)
        self.finish(exit_code_of_exception(error))

    def __repr__(self) -> str:
        return f"<reportgen run {self.project}/{self.id} {self._inactive or 'is active'}>"

    # What a run is.

    @property
    def step(self) -> int:
        """The step of the next row."""
        return self._step

    @property
    def finished(self) -> bool:
        """Whether `finish` was called, here or in the parent process."""
        return self._inactive in (FINISHED, FORKED)

    @property
    def _active(self) -> bool:
        return not self._inactive

    @property
    def disabled(self) -> bool:
        """Whether the run does nothing."""
        return self._inactive == DISABLED

    def detach(self) -> None:
        """In a forked child: the run belongs to the parent. Takes no lock, which another thread may hold for ever."""
        self._inactive = FORKED
        self._capture.console.detach()

    # How it is written.

    def _log_any(self, data: object, step: object, commit: bool | None) -> None:  # noqa: FBT001 # as `log`
        if self._inactive:
            self._log_inactive(data)
            return
        try:
            values = clean_row(data, self._cleaner, self._troubles)
            self._write_row(values, whole_step(step, self._troubles), commit)
        except Exception as error:  # noqa: BLE001 # of whatever the script logs
            self._troubles.report("log", "a row could not be logged", error)
            self._unlogged += 1

    def _write_row(self, values: Mapping[str, object], step: int | None, commit: bool | None) -> None:  # noqa: FBT001 # as `log`
        with self._lock:
            if self._inactive:  # finished by another thread a moment ago
                return
            number = self._step if step is None else step
            if step is None:
                self._step = number if commit is False else number + 1
            elif number >= self._step:
                self._step = number + 1 if commit else number
            self._put(encode_line({STEP: number, TIMESTAMP: now(), **values}))
            self._last.update(values)
            if self._derived:
                self._derived.add(values, self._last)

    def _log_inactive(self, data: object) -> None:
        if not self.disabled:
            what = f"the run {self.name} {self._inactive}: this row and later ones are not logged"
            self._troubles.tell("inactive", what)
        elif isinstance(data, Mapping):
            self._last.update(data)
            self._step += 1

    def _record(self, kind: str, fields: Mapping[str, object]) -> None:
        if not self._inactive:
            with self._troubles.guard(f"record:{kind}", f"cannot write a {kind} record"):
                self._files.record(kind, {name: self._cleaner.tree(value) for name, value in fields.items()})

    def _update(self, fields: Mapping[str, object]) -> None:
        self._record(UPDATE, with_overrides(fields, self.settings))

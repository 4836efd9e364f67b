"""What people see of a run while it goes on: its card in a notebook, its status, lines for its console."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Mapping

from reportgen.logger.recorder import Recorder
from reportgen.logger.writing.encoding import encode_line
from reportgen.logger.writing.run_log import RunLog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RunStatus:
    """How a run is doing.

    Attributes:
        state: ``active``, ``disabled`` or ``finished``.
        rows: how many steps were logged.
        sync_items_pending: bytes that wait in memory because the disk refuses them; 0 as long as it does not.
        sync_items_total: the same: what is written needs no sync.
        sync_time: None, for there is no server.
    """

    def __init__(self, state: str, rows: int, pending: int) -> None:
        self.state = state
        self.rows = rows
        self.sync_items_pending = self.sync_items_total = pending
        self.sync_time = None

    def __repr__(self) -> str:
        return f"<run status: {self.state}, {self.rows} steps, {self.sync_items_pending} bytes wait for the disk>"


class RunCard(Recorder):
    """Shows a run to the person in front of it."""

    name: str
    _files: RunLog
    start_time: float
    summary: Mapping[str, Any]

    def to_html(self, height: int = 420, hidden: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002 # wandb's signature
        """The run as a small card: its name, its state, where its log is, and the last values of its summary.

        Args:
            height: taken for scripts written for wandb; the card is as high as it needs to be.
            hidden: behind a click.
        """
        from reportgen.logger.cards.card_html import card_html, folded

        card = card_html(self.name, self._state(), self.folder, time.time() - self.start_time, self.summary)
        return folded(self.name, card) if hidden else card

    def display(self, height: int = 420, hidden: bool = False) -> bool:  # noqa: FBT001, FBT002 # wandb's signature
        """Show the card in a notebook; returns whether there is one."""
        from reportgen.logger.notebook import has_display

        if self.settings.silent or not has_display():
            return False
        with self._troubles.guard("display", "cannot show the run"):
            page: Any = __import__("IPython.display", fromlist=["display"])
            page.display(page.HTML(self.to_html(height, hidden)))
            return True
        return False

    def write_logs(self, text: str) -> None:
        """Put text into the console of the run without printing it.

        Args:
            text: one or several lines.
        """
        if self._active:
            line = f"{text}\n" if not str(text).endswith("\n") else str(text)
            with self._troubles.guard("console", "cannot record console output"):
                chunk = {"time": time.time(), "stream": "stdout", "text": self._cleaner.tree(line)}
                self._files.console.append(encode_line(chunk))

    def status(self) -> RunStatus:
        """How the run is doing: its state, its rows, and what waits for a disk that refuses it."""
        return RunStatus(self._state(), self.step, self._files.waiting() if self._active else 0)

    def _repr_html_(self) -> str:
        return self.to_html()

    @property
    @abstractmethod
    def step(self) -> int:
        """The step of the next row."""

    def _state(self) -> str:
        return "active" if self._active else "disabled" if self.settings.disabled else "finished"

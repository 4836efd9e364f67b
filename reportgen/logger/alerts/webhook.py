"""Posts messages to a web address, in a thread of its own: it never keeps training waiting."""

from __future__ import annotations

import json
import threading
import time
from queue import Full, Queue

from reportgen.logger.troubles import Troubles, describe

TIMEOUT = 10.0
"""Seconds that one post may take."""
LONGEST_QUEUE = 100
"""Messages that wait to be posted; of more, only the first are."""


class Webhook:
    """An address that takes ``{"text": …}`` as JSON, as Slack, Mattermost and Discord's ``/slack`` addresses do.

    Args:
        address: whoever knows it can post there, so it is in no message and in no log.
        troubles: hears what goes wrong.
    """

    def __init__(self, address: str, troubles: Troubles) -> None:
        self._address = address
        self._troubles = troubles
        self._messages: Queue[str | None] = Queue(LONGEST_QUEUE + 1)
        self._next: dict[str, float] = {}
        self._thread = threading.Thread(target=self._work, name="reportgen-alerts", daemon=True)
        troubles.start(self._thread)

    def post(self, topic: str, message: str, wait: float) -> None:
        """Post a message, unless one of this topic was posted so recently that it said to wait."""
        now = time.monotonic()
        if now < self._next.get(topic, now):
            return
        self._next[topic] = now + wait
        try:
            self._messages.put_nowait(message)
        except Full:
            self._troubles.tell("webhook:full", "alerts come faster than they can be posted; some are only recorded")

    def close(self, timeout: float) -> None:
        """Wait, for some seconds at most, until everything is posted."""
        try:
            self._messages.put(None, timeout=timeout)
        except Full:
            return
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _work(self) -> None:
        while (message := self._messages.get()) is not None:
            with self._troubles.guard("webhook", "cannot post alerts", background=True):
                self._send(message)

    def _send(self, message: str) -> None:
        from urllib.error import HTTPError, URLError
        from urllib.request import Request, urlopen

        body = json.dumps({"text": message}).encode()
        headers = {"Content-Type": "application/json", "User-Agent": "reportgen"}
        request = Request(self._address, body, headers)  # noqa: S310 # settings let only http addresses through
        try:
            with urlopen(request, timeout=TIMEOUT):  # noqa: S310 # likewise
                return
        except HTTPError as error:
            what = f"the server answered {error.code}"
        except URLError as error:
            what = describe(error.reason) if isinstance(error.reason, Exception) else "no connection"
        self._troubles.tell("webhook", f"an alert could not be posted ({what}); it is recorded in the run")

"""Alerts of a run, as its method: `Run.alert`."""

from __future__ import annotations

from reportgen.logger.recorder import Recorder
from reportgen.schema import ALERT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import timedelta

    from reportgen.logger.alerts.level import AlertLevel
    from reportgen.logger.alerts.webhook import Webhook


class Alerts(Recorder):
    """Records what a person should know, and posts it to the address that the settings name."""

    _webhook: Webhook | None = None

    def alert(
        self,
        title: str,
        text: str = "",
        level: str | AlertLevel | None = None,
        wait_duration: float | timedelta | None = None,
    ) -> None:
        """Tell a person something: it is shown on the page of the run.

        With the setting ``alert_webhook`` (or ``REPORTGEN_ALERT_WEBHOOK``) it is posted there too, in the background.

        Args:
            title: what happened, in a few words.
            text: more about it.
            level: an `AlertLevel` or its name: ``INFO`` (the default), ``WARN`` or ``ERROR``.
            wait_duration: seconds in which no second alert of this title is posted; 60 by default.
        """
        if not self._active:
            return
        from reportgen.logger.alerts.level import alert_fields, message, seconds_of

        with self._troubles.guard(f"alert:{title}", f"cannot record the alert {title}"):
            fields = alert_fields(title, text, level)
            wait = seconds_of(wait_duration)
            self._record(ALERT, fields)
            if self.settings.alert_webhook:
                if self._webhook is None:
                    from reportgen.logger.alerts.webhook import Webhook

                    self._webhook = Webhook(self.settings.alert_webhook, self._troubles)
                self._webhook.post(str(title), message(fields, f"{self.project}/{self.id}"), wait)

    def _end_alerts(self, timeout: float) -> None:
        """Wait, for some seconds at most, until all is posted."""
        if self._webhook is not None:
            self._webhook.close(timeout)

"""How what is set on the config and the summary of a run reaches its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportgen.errors import ConfigError
from reportgen.logger.recorder import Recorder
from reportgen.logger.values import flattened
from reportgen.schema import CONFIG, SUMMARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class RunValues(Recorder):
    """Writes settings and values of the summary."""

    def _write_config(self, values: Mapping[str, object]) -> None:
        """Write settings; the script keeps their secrets, the run log does not get them."""
        with self._troubles.guard("config", "cannot write the configuration"):
            plain = self._cleaner.tree(values)
            if self.settings.redact:
                from reportgen.logger.redact.masking import masked_value

                plain = masked_value("", plain)
            self._record(CONFIG, {"config": plain})

    def _tell_change(self, name: str) -> None:
        what, remedy = f"{name} had another value before", "Pass allow_val_change=True when this is meant."
        if self.settings.strict:
            raise ConfigError(what, where="config", remedy=remedy)
        if self._active:
            self._troubles.tell(f"config:{name}", f"config: {what}; both are on record. {remedy}")

    def _remove_summary(self, keys: Iterable[str]) -> None:
        self._record(SUMMARY, {"summary": {}, "removed": list(keys)})

    def _write_summary(self, values: Mapping[Any, object]) -> Mapping[str, object]:
        flat: Mapping[str, object] = {}
        if self._active:
            with self._troubles.guard("summary", "cannot write the summary"):
                flat = self._cleaner.row(values)
                self._record(SUMMARY, {"summary": flat})
            return flat
        return flattened(values)

"""What an earlier build made of the runs of a project, kept in the cache: what has the same key is not made again.

Runs are booked on sheets of `OVERVIEW_RUNS`, in the order of their project, one file each. A sheet that is missing or
damaged only costs time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from reportgen.document import DataRef
from reportgen.frames import LineFacts
from reportgen.model import Run
from reportgen.site.overviews import OVERVIEW_RUNS
from reportgen.storage import Storage

Lines = dict[str, dict[str, LineFacts]]
Ref = tuple[str, str]
"""Key and url of a dataset."""


class Entry(msgspec.Struct, array_like=True):
    """What was made of a run.

    Attributes:
        data_key: the key of its datasets.
        data: their files and sizes.
        charts: where its curves are; None without any.
        system: where those of its machine are.
        lines: ``run`` or ``system`` -> metric -> what its line shows.
        page_key: the key of its page.
        page: the files and sizes of the page and of what it shows.
        libraries: which of the large assets the page needs.
        media: part -> where what it logged besides numbers is, for the workspace.
        media_kinds: key -> the kind of what was logged under it.
    """

    data_key: str = ""
    data: dict[str, int] = {}
    charts: Ref | None = None
    system: Ref | None = None
    lines: Lines = {}
    page_key: str = ""
    page: dict[str, int] = {}
    libraries: list[str] = []
    media: dict[str, Ref] = {}
    media_kinds: dict[str, str] = {}

    def curves(self, source: str) -> DataRef | None:
        """Where the curves of the run (``run``) or of its machine (``system``) are."""
        ref = self.system if source == "system" else self.charts
        return None if ref is None else DataRef(*ref)


class Sheet(msgspec.Struct, array_like=True):
    """What was made of some runs together.

    Attributes:
        runs: run id -> its entry, packed, for there may be many; in the order of the project.
        key: of the sheet's part of the overviews.
        overviews: kind and metric, ``ov/loss`` -> where that part is.
        files: its files and sizes.
    """

    runs: dict[str, bytes] = {}
    key: str = ""
    overviews: dict[str, Ref] = {}
    files: dict[str, int] = {}


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Sheet).decode
_decode_entry = msgspec.msgpack.Decoder(Entry).decode


@dataclass(slots=True)
class Ledger:
    """The sheets of one project.

    Attributes:
        storage: the cache.
        place: the name that the files of this site and project begin with.
        sheets: as they are now.
        changed: numbers of those that the cache does not have like that.
    """

    storage: Storage
    place: str
    sheets: list[Sheet] = field(default_factory=list)
    changed: set[int] = field(default_factory=set)

    @classmethod
    def opened(cls, storage: Storage, place: str, runs: Sequence[Run]) -> "Ledger":
        """What is known of the runs of a project; of others it has empty entries."""
        ledger = cls(storage, place)
        for number, ids in enumerate(_on_sheets(runs)):
            sheet = ledger._stored(number)
            sheet.runs = {run_id: sheet.runs.get(run_id, b"") for run_id in ids}
            ledger.sheets.append(sheet)
        return ledger

    def entry(self, number: int, run: Run) -> Entry:
        """The entry of a run; its number is its place in the project."""
        return unpacked(self.packed(number, run))

    def packed(self, number: int, run: Run) -> bytes:
        """The same, packed as it is kept."""
        return self.sheets[number // OVERVIEW_RUNS].runs[str(run.id)]

    def entry_of(self, run_id: str) -> Entry | None:
        """The entry of the run with this id."""
        return next((unpacked(sheet.runs[run_id]) for sheet in self.sheets if run_id in sheet.runs), None)

    def book(self, number: int, run: Run, entry: Entry) -> None:
        """Replace the entry of a run."""
        self.sheets[number // OVERVIEW_RUNS].runs[str(run.id)] = _encode(entry)
        self.changed.add(number // OVERVIEW_RUNS)

    def parts_name(self, sheet: int) -> str:
        """The file of the cache with the shares that the runs of a sheet have in overviews."""
        return f"{self.place}-{sheet}.parts"

    def save(self) -> None:
        """Write the sheets that have changed. A cache that cannot be written is no error."""
        for number in sorted(self.changed):
            try:
                self.storage.write(f"{self.place}-{number}.ledger", _encode(self.sheets[number]))
            except OSError:
                return
        self.changed.clear()

    def _stored(self, number: int) -> Sheet:
        try:
            return _decode(self.storage.read(f"{self.place}-{number}.ledger"))
        except (OSError, ValueError, msgspec.MsgspecError):
            return Sheet()


def unpacked(packed: bytes) -> Entry:
    """An entry as it was booked; an empty one if it was not, or is damaged."""
    try:
        return _decode_entry(packed) if packed else Entry()
    except msgspec.MsgspecError:
        return Entry()


def _on_sheets(runs: Sequence[Run]) -> Iterator[list[str]]:
    for first in range(0, len(runs), OVERVIEW_RUNS):
        yield [str(run.id) for run in runs[first : first + OVERVIEW_RUNS]]

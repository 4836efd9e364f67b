"""Compiled templates, kept where Python keeps compiled modules: in ``__pycache__`` beside their sources.

Compiling them takes as long as rendering fifty pages, in each build and each of its processes. Only templates of the
program itself are kept: those in a project's folder may have come from anybody, and so may code beside them. As for
modules, ``PYTHONDONTWRITEBYTECODE`` and ``PYTHONPYCACHEPREFIX`` are minded, and where nothing can be written, nothing
is.
"""

import pickle
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from reportgen.storage import Folder


class CompiledTemplates(jinja2.BytecodeCache):
    """The code of the templates in one folder, for environments with Jinja's default syntax and with escaping."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 (the signature is Jinja's)
        """The file for the code of a template; empty for a template from elsewhere."""
        source = Path(filename or "")
        return cache_from_source(f"{source}.jinja") if self.folder in source.parents else ""

    def get_source_checksum(self, source: str) -> str:
        """What the code was made from, and by which Jinja."""
        return super().get_source_checksum(f"{jinja2.__version__}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the code of a template, if it is there and fits its source."""
        if bucket.key:
            with suppress(OSError, EOFError, pickle.UnpicklingError):
                bucket.bytecode_from_string(Path(bucket.key).read_bytes())

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, as far as Python would keep that of a module."""
        if bucket.key and not sys.dont_write_bytecode:
            path = Path(bucket.key)
            with suppress(OSError):
                Folder(path.parent).write(path.name, bucket.bytecode_to_string())

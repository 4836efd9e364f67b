"""The logger without one of its guards: a piece of its source is replaced as it is imported, in a subprocess."""

import importlib.abc
import importlib.machinery
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """Lines of the logger that a fault test stands for.

    Attributes:
        what: what they do, in a few words.
        module: where they are, below ``reportgen.logger``.
        lines: the source.
        instead: what is there when the guard is removed.
    """

    what: str
    module: str
    lines: str
    instead: str

    def code(self) -> str:
        """Python that removes the guard from the logger when that is imported."""
        arguments = f"{'reportgen.logger.' + self.module!r}, {self.lines!r}, {self.instead!r}"
        return f"from tests.faults.without import remove; remove({arguments})"


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module, lines, instead):
        self.module, self.lines, self.instead = module, lines, instead

    def find_spec(self, fullname, path=None, target=None):
        if fullname != self.module:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        spec.loader = _Loader(fullname, spec.origin)
        spec.loader.lines, spec.loader.instead = self.lines, self.instead
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def get_code(self, fullname):
        source = self.get_source(fullname)
        assert self.lines in source
        return compile(source.replace(self.lines, self.instead), self.path, "exec", dont_inherit=True)


def remove(module, lines, instead):
    """Replace lines of a module that is not imported yet."""
    sys.meta_path.insert(0, _Finder(module, lines, instead))

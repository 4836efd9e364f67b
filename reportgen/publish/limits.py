"""GitHub's limits on a site, as warnings before the push: github.com refuses big files and throttles big sites."""

import os
from collections.abc import Iterator
from pathlib import Path

from reportgen.site.budget import FILE_LIMIT, SITE_LIMIT

NAMED_FILES = 3
"""How many of the files that are too large are named."""


def pages_warnings(site: Path) -> tuple[str, ...]:
    """What GitHub Pages will not like about a site, largest file first; empty when all is well."""
    sizes = sorted(_file_sizes(site), reverse=True)
    total = sum(size for size, _ in sizes)
    large = [(size, path) for size, path in sizes if size > FILE_LIMIT]
    warnings = [
        f"{path} has {_megabytes(size)}; GitHub refuses files above {_megabytes(FILE_LIMIT)}"
        for size, path in large[:NAMED_FILES]
    ]
    if len(large) > NAMED_FILES:
        warnings.append(f"{len(large) - NAMED_FILES} more files are above {_megabytes(FILE_LIMIT)}")
    if total > SITE_LIMIT:
        warnings.append(f"the site has {_megabytes(total)}; GitHub Pages allows {_megabytes(SITE_LIMIT)}")
    return tuple(warnings)


def _file_sizes(site: Path) -> Iterator[tuple[int, str]]:
    for folder, _, files in os.walk(site):
        for name in files:
            path = Path(folder, name)
            yield path.stat().st_size, path.relative_to(site).as_posix()


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.1f} MB"

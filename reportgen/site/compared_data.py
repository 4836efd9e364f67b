"""The datasets of one run that the page which compares runs loads when the run is chosen."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reportgen.document import Dataset, Gallery, Page
from reportgen.model import Run
from reportgen.pages import PageContext, compared_run
from reportgen.site.data_files import encode
from reportgen.site.level_data import reference
from reportgen.site.links import Links
from reportgen.site.render import Renderer
from reportgen.site.views import Frame

KEY = "compare"


def write_compared(run: Run, page: Page, renderer: Renderer, frame: Frame, context: PageContext) -> None:
    """Write what is compared of a run.

    Patches and lists of packages are datasets named after their content: most runs of a project share them.

    Args:
        run: the run.
        page: its own page, with its media.
        renderer: writes datasets, and the media as the comparing page shows them.
        frame: gives the view of that page, which urls are relative to.
        context: how the files of the run are read.
    """
    links, made = context.links, compared_run(run, context)
    values = dict(made.values)
    for name, content in (("patch", made.patch), ("packages", made.packages)):
        if content:
            digest = hashlib.sha256(encode(content)).hexdigest()[:12]
            values[name] = reference(renderer.write(Dataset(links.key(run.project, name, digest), content)))
    galleries = [block for section in page.sections for block in section.blocks if isinstance(block, Gallery)]
    if galleries:
        beside = frame.page(replace(page, uri=links.compare(run.project), sections=()))
        html = "".join(renderer.block(gallery, beside) for gallery in galleries)
        values["media"] = reference(renderer.write(Dataset(links.run_key(run, "gallery"), {"html": html})))
    renderer.write(Dataset(links.run_key(run, KEY), values))


def compared_url(links: Links, run: Run, files: Mapping[str, Any]) -> str:
    """Where that is among the files of the run's page, relative to the folder that holds ``data/``."""
    start = f"{links.prefix}data/{links.run_key(run, KEY)}."
    return next((name.removeprefix(links.prefix) for name in files if name.startswith(start)), "")

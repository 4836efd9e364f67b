"""Pictures of charts in the site: which charts have one, and where it is.

A page names its pictures before they are drawn, because workers make pages and one process alone may draw.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from reportgen.charts.pictures import ChartPicture, chart_picture, drawn
from reportgen.document import Chart
from reportgen.model import Project
from reportgen.site.site_files import SiteFiles


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures that a build was asked for.

    Attributes:
        wanted: as in `BuildConfig.images`.
        prefix: folder of the site that holds ``data/``.
        cache: folder where they are kept between builds.
        named: those that pages have named and that are to be drawn; the workers have lists of their own.
    """

    wanted: str
    prefix: str
    cache: Path
    named: list[ChartPicture] = field(default_factory=list)

    def name(self, chart: Chart, project: Project, first: int = 0) -> str:
        """The uri of a chart's picture; empty for none. ``first`` as in `chart_picture`."""
        picture = chart_picture(chart, project, first)
        if picture is None:
            return ""
        self.named.append(picture)
        return self._uri(picture)

    def fresh(self) -> "Pictures":
        """The same, with nothing named yet: for one page."""
        return Pictures(self.wanted, self.prefix, self.cache)

    def draw(self, pictures: Iterable[ChartPicture], files: SiteFiles) -> dict[str, int]:
        """Put pictures into the site, those that are not there yet; gives back their files and sizes."""
        found = {}
        for picture in pictures:
            uri = self._uri(picture)
            if uri in files.there:
                files.keep({uri: files.there[uri]})
            elif uri not in files.written:
                svg = drawn(picture, self.cache)
                files.put(uri, svg.encode("utf-8", "xmlcharrefreplace"), hashed=True)
            found[uri] = files.written[uri]
        return found

    def _uri(self, picture: ChartPicture) -> str:
        return f"{self.prefix}data/charts/{picture.name}.svg"

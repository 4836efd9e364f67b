"""The theme folder and the browser code in it: where they are, and how they get into a site."""

import json
from pathlib import Path
from types import SimpleNamespace

from reportgen.errors import AssetsError
from reportgen.site.site_files import SiteFiles

ASSETS = "assets"
MAP = "assets.json"


def theme_folder() -> Path:
    """The folder of the theme: the checkout's when there is one, else the copy that was installed."""
    package = Path(__file__).resolve().parent.parent
    checkout = package.parent / "themes" / "reportgen"
    return checkout if (checkout / "mkdocs_theme.yml").is_file() else package / "_themes" / "reportgen"


theme = SimpleNamespace(__file__=str(theme_folder() / "__init__.py"))
"""What the ``mkdocs.themes`` entry point loads. MkDocs reads ``__file__`` of it and nothing else."""


def asset_map(folder: Path | None = None) -> dict[str, str]:
    """Logical name of each asset -> its uri in the site: ``reportgen.js`` -> ``assets/reportgen.ab12.js``.

    Raises:
        AssetsError: the browser code was not built.
    """
    path = (folder or theme_folder()) / ASSETS / MAP
    try:
        names = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise AssetsError(
            "the browser code of reportgen is not built",
            where=str(path),
            remedy="Run: cd themes/client && npm ci && npm run build",
        ) from error
    return {str(name): f"{ASSETS}/{file}" for name, file in names.items()}


def put_assets(files: SiteFiles, folder: Path | None = None) -> None:
    """Put the built assets into a site whose MkDocs theme is another one."""
    source = (folder or theme_folder()) / ASSETS
    for path in sorted(source.rglob("*")):
        if path.is_file():
            files.put(f"{ASSETS}/{path.relative_to(source).as_posix()}", path.read_bytes())

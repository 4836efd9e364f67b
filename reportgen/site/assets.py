"""The theme folder and the browser code in it: where they are, and how they get into a site."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

from reportgen.errors import AssetsError

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


def drop_asset(site_dir: Path, uri: str) -> None:
    """Take an asset that no page uses out of a site: MkDocs has copied the theme with everything in it."""
    (site_dir / uri).unlink(missing_ok=True)


def copy_assets(site_dir: Path, folder: Path | None = None) -> int:
    """Copy the built assets into a site whose MkDocs theme is another one; give back how many files."""
    source = (folder or theme_folder()) / ASSETS
    target = site_dir / ASSETS
    count = 0
    for path in sorted(source.rglob("*")):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            count += 1
    return count

import json

import pytest

from reportgen.errors import AssetsError
from reportgen.site import assets
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder


def test_the_theme_of_a_checkout_is_the_one_in_it():
    folder = assets.theme_folder()
    assert (folder / "mkdocs_theme.yml").is_file()
    assert assets.theme.__file__ == str(folder / "__init__.py")


def test_a_logical_name_leads_to_the_hashed_file(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/assets.json").write_text(json.dumps({"reportgen.js": "reportgen.ab12.js"}))
    assert assets.asset_map(tmp_path) == {"reportgen.js": "assets/reportgen.ab12.js"}


@pytest.mark.parametrize("text", [None, "", "[", '{"reportgen.js": '])
def test_without_the_browser_code_it_says_how_to_build_it(tmp_path, text):
    (tmp_path / "assets").mkdir()
    if text is not None:
        (tmp_path / "assets/assets.json").write_text(text)
    with pytest.raises(AssetsError, match="npm run build"):
        assets.asset_map(tmp_path)


def test_another_theme_gets_copies(tmp_path):
    (tmp_path / "theme/assets/fonts").mkdir(parents=True)
    (tmp_path / "theme/assets/a.js").write_text("a")
    (tmp_path / "theme/assets/fonts/b.woff2").write_text("b")
    files = SiteFiles(Folder(tmp_path / "site"))
    assets.put_assets(files, tmp_path / "theme")
    assert files.written == {"assets/a.js": 1, "assets/fonts/b.woff2": 1}
    assert (tmp_path / "site/assets/fonts/b.woff2").read_text() == "b"

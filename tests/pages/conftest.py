"""A page context over runs described in a test, with the real links of the site."""

import pytest

from reportgen.pages import PageContext
from reportgen.site.links import workspace_links
from tests.builders import load


@pytest.fixture
def context_of(tmp_path):
    """Write the runs, read the workspace and give its context."""

    def made(*described, **more):
        (tmp_path / "runs").mkdir(exist_ok=True)
        for one in described:
            one.write(tmp_path)
        workspace = load(tmp_path)
        return PageContext(workspace_links(workspace), workspace, **more)

    return made

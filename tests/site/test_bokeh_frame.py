"""The page in which BokehJS draws allows exactly the scripts that are in it."""

import base64
import hashlib
import re

from reportgen.site import bokeh_frame


def test_every_script_is_allowed_by_its_hash_and_nothing_else_is():
    page = bokeh_frame.bokeh_frame().decode()
    policy = re.search(r'content="(default-src[^"]+)"', page)[1]
    scripts = re.findall(r"<script>(.*?)</script>\n", page, re.DOTALL)
    assert len(scripts) == len(bokeh_frame.PARTS) + 1
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert "script-src " + " ".join(f"'sha256-{digest}'" for digest in digests) + ";" in policy
    assert "eval" not in policy
    assert "default-src 'none'" in policy


def test_without_bokeh_there_is_no_such_page(monkeypatch):
    monkeypatch.setattr(bokeh_frame, "find_spec", lambda _name: None)
    assert bokeh_frame.bokeh_asset() == {}

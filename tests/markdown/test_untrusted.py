"""Notes of runs: Markdown that anybody may have written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.markdown import render_untrusted


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("**Bold** and `code`", "<p><strong>Bold</strong> and <code>code</code></p>"),
        ("# One\n\n## Two", "<h3>One</h3>\n<h4>Two</h4>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("[x](https://a.b/c)", '<p><a href="https://a.b/c" rel="nofollow noopener">x</a></p>'),
        ("<me@a.b>", None),
        ("![x](https://a.b/c.png)", "<p></p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_markdown_is_rendered(text, made):
    assert made is None or render_untrusted(text) == made


def test_code_is_highlighted_by_classes():
    made = render_untrusted("```python\nx = 1\n```")
    assert '<div class="highlight">' in made
    assert '<span class="n">x</span>' in made
    assert "style" not in made


def test_tables_keep_their_alignment():
    assert '<td align="right">1</td>' in render_untrusted("| a |\n|--:|\n| 1 |")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](//evil.example/)",
        "[x](../../../runs/)",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](https://a.b "onclick=alert(1)")',
        "![x](https://evil.example/pixel.png)",
        "<iframe src='https://evil.example'></iframe>",
        "<style>body{display:none}</style>",
        "<svg onload=alert(1)>",
        "<div class='notice' id='overview' style='position:fixed'>x</div>",
        "# x {: #overview .notice onclick=alert(1) }",
        "```html\n<script>alert(1)</script>\n```",
        "<!-- <script> -->",
        "<math><mi//xlink:href='data:x,<script>'>",
        "`<script>`",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)
def test_nothing_in_it_can_do_anything(text):
    made = render_untrusted(text).casefold()
    tags = made.replace("&lt;", "").split("<")[1:]
    opened = {tag.lstrip("/").split(">")[0].split(" ")[0].split("\n")[0] for tag in tags}
    assert opened <= {"p", "a", "code", "pre", "h3", "div", "span", "br"}
    attributes = " ".join(tag.split(">")[0] for tag in tags)
    for word in ("javascript", "data:", "vbscript", "onclick=", "style=", "id=", "src=", "//evil", "..", "notice"):
        assert word not in attributes.replace('title="onclick=alert(1)"', "")


def test_text_made_to_be_slow_is_shown_as_it_is():
    assert render_untrusted("[" * 40_000).startswith("<pre>[[[")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text):
    made = render_untrusted(text)
    assert "<script" not in made
    assert "<img" not in made

"""Logged HTML as a page that runs none of it, whether it stands in a frame of the run's page or is opened by itself.

The page is ours and holds the logged HTML as the ``srcdoc`` of a frame whose ``sandbox`` allows nothing: no script, no
form, no window, no navigation of the page around it. The page's policy, which the frame inherits, loads nothing from
anywhere; styles and pictures that are written into the HTML itself work. Elements that act without a script, or that
the policy does not reach (a refresh, a connection opened ahead), are made inert before. The file as it was logged is
published as text, see `links.PASSIVE`.
"""

import html
import re

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# A tag's name follows its bracket at once, so what is spelled otherwise is no such element to a browser either.
SCRIPT = re.compile(r"<(/?)script(?=[\s/>])", re.IGNORECASE)
ACTIVE = re.compile(r"<(?=(?:link|meta|base|iframe|frame|object|embed|portal|fencedframe)[\s/>])", re.IGNORECASE)
PAGE = (
    "<!doctype html>\n"
    '<html lang="en"><head><meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">\n'
    "<title>{title}</title>\n"
    "<style>html, body, iframe {{ margin: 0; width: 100%; height: 100%; border: 0; display: block; background: #fff }}"
    "</style></head>\n"
    '<body><iframe sandbox title="{title}" srcdoc="{content}"></iframe></body></html>\n'
)


def html_view(content: bytes, title: str) -> bytes:
    """The page for some logged HTML."""
    text = content.decode("utf-8", "replace")
    inert = ACTIVE.sub("<x-", SCRIPT.sub(r"<\1template", text))
    page = PAGE.format(policy=POLICY, title=html.escape(title), content=html.escape(inert))
    return page.encode("utf-8", "replace")

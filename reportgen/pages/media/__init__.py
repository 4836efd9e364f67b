"""The gallery of a run: every medium checked before it reaches the page. A module for each way of showing it."""

from reportgen.pages.media.gallery import gallery_block

__all__ = ["gallery_block"]

"""How long an artifact is wanted."""

from __future__ import annotations

from enum import Enum


class ArtifactTTL(Enum):
    """What `Artifact.ttl` may be besides a ``timedelta`` or None (for ever)."""

    INHERIT = "inherit"
    """What the project's other artifacts have. Nothing is ever deleted by itself, so this is the same as None."""

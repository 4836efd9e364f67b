"""Secrets are masked before they reach a run log: what has a secret's name (``--api-key``) or its shape (``ghp_…``)."""

MASK = "***"
"""What stands where a secret was."""

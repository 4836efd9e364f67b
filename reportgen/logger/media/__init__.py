"""Things to look at that a run logs: one file per kind."""

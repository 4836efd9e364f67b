"""Artifacts: named, versioned sets of files that runs log and use, kept as plain files in their project.

``docs/reference/run-log.md`` describes the folder; decision 7 says why it looks as it does.
"""

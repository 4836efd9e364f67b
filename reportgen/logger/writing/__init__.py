"""Lines to files: one write each, kept while the disk refuses them, synced on a timer."""

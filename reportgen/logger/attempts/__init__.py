"""The attempts and writers of a run: resuming, rewinding, forking, ranks, workers."""

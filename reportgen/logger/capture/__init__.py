"""What is recorded around a run without being asked: environment, code, packages, console and system metrics."""

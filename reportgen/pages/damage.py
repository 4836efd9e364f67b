"""What a home page says of data that could not be read: one notice for all of it."""

from collections.abc import Iterator, Sequence

from reportgen.document import Notice, Section
from reportgen.model import Problem, Project

NAMED_RUNS = 5


def damage(problems: Sequence[Problem], projects: Sequence[Project]) -> list[Section]:
    """A section with one notice; none when everything was read.

    Args:
        problems: of the folder around the projects.
        projects: those whose own problems belong on the page; those of a run are on its page and only counted here.
    """
    lines = [*map(str, problems), *(str(problem) for project in projects for problem in project.problems)]
    lines += _spoiled_runs(projects)
    if not lines:
        return []
    return [Section("problems", "", (Notice("warning", "Some of the data could not be read", tuple(lines)),))]


def _spoiled_runs(projects: Sequence[Project]) -> Iterator[str]:
    for project in projects:
        names = [run.name for run in project.runs if run.problems]
        count = sum(len(run.problems) for run in project.runs)
        if count:
            listed = ", ".join(names[:NAMED_RUNS]) + (" and others" if len(names) > NAMED_RUNS else "")
            places = "place" if count == 1 else "places"
            yield f"{project.name}: {count} {places} in the run logs could not be read, see {listed}"

"""Saved views of the workspace: ``views/<name>.yml`` in the project folder, read and checked.

The browser owns the state and its names (``themes/client/workspace/state.ts``) and writes these files; here they are
only checked, so that a slip of the pen is said with its line. `view_keys` has the names; ``tests/vectors/view.json`` is
what both sides must agree on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from reportgen.model import Problem, Project, Workspace
from reportgen.site.view_keys import KEYS, STATE
from reportgen.site.yaml_values import NULL, text_of

VIEWS = "views"
EXTENSIONS = (".yml", ".yaml")
LONGEST = 200_000
"""Characters of a view's file."""
NAMED_RUNS = 3
BROKEN = "This is no view: "


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of one project: the ``View`` of types.ts.

    Attributes:
        name: the file's, without its extension.
        default: whether the workspace opens with it.
        state: fields of the workspace by their names in its address.
    """

    name: str
    title: str
    description: str = ""
    default: bool = False
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _File:
    """A file while it is read."""

    where: str
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def spoiled(self, what: str, line: int | None = None) -> None:
        self.problems.append(Problem(f"{self.where}:{line}" if line else self.where, what))


def with_views(folder: Path, workspace: Workspace) -> tuple[Workspace, dict[str, tuple[SavedView, ...]]]:
    """The views of each project by its name, and the workspace with what is wrong with their files.

    A key that is unknown or does not fit is left out of its view. A file that is no view at all is left out itself.
    """
    views: dict[str, list[SavedView]] = {project.name: [] for project in workspace.projects}
    problems: dict[str, list[Problem]] = {project.name: [] for project in workspace.projects}
    astray: list[Problem] = []
    for file in _files(folder):
        project = _project_of(file, workspace.projects)
        if project is None:
            astray += file.problems
            continue
        if file.values:
            views[project.name].append(_view(file, project, views[project.name]))
        problems[project.name] += file.problems
    projects = tuple(
        replace(project, problems=(*project.problems, *problems[project.name])) for project in workspace.projects
    )
    changed = replace(workspace, projects=projects, problems=(*workspace.problems, *astray))
    return changed, {name: tuple(found) for name, found in views.items()}


def asked_importance(views: Iterable[SavedView]) -> list[str]:
    """The metrics whose parameters some view wants to see weighed, in order."""
    panels = (panel for view in views for panel in view.state.get("panels", ()))
    return [panel["metric"] for panel in panels if panel.get("kind") == "importance" and "metric" in panel]


def _files(folder: Path) -> Iterator[_File]:
    """Every file of a view, read; two of one name (``a.yml``, ``a.yaml``) are one too many."""
    taken: set[str] = set()
    paths = sorted((folder / VIEWS).iterdir()) if (folder / VIEWS).is_dir() else []
    for path in paths:
        if path.suffix.casefold() not in EXTENSIONS or path.name.startswith(".") or not path.is_file():
            continue
        file = _File(f"{VIEWS}/{path.name}", path.stem)
        if path.stem in taken:
            file.spoiled(f"{BROKEN}another file has the name {path.stem!r}.")
        else:
            taken.add(path.stem)
            _read(path, file)
        yield file


def _read(path: Path, file: _File) -> None:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return file.spoiled(f"{BROKEN}not UTF-8 text.", line)
    except OSError as error:
        return file.spoiled(f"{BROKEN}it cannot be read: {error.strerror}.")
    if len(text) > LONGEST:
        return file.spoiled(f"{BROKEN}it has more than {LONGEST:,} characters.")
    for key, value in _entries(text, file):
        _take(file, key, value)
    return None


def _entries(text: str, file: _File) -> list[tuple[yaml.Node, yaml.Node]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        file.spoiled(f"{BROKEN}not valid YAML: {error.problem}.", line)
        return []
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        what = str(error).split("\n", maxsplit=1)[0]
        file.spoiled(f"{BROKEN}not valid YAML: {what}.", 1)
        return []
    if not isinstance(node, yaml.MappingNode):
        file.spoiled(f"{BROKEN}it must have lines 'key: value', such as 'title: Validation'.", 1)
        return []
    return list(node.value)


def _take(file: _File, key: yaml.Node, value: yaml.Node) -> None:
    """Take over one key and its value, if they fit."""
    name, line = text_of(key), key.start_mark.line + 1
    if name not in KEYS:
        near = get_close_matches(str(name), list(KEYS), n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(KEYS)}"
        return file.spoiled(f"unknown key {_shown(key)}; {hint}", line)
    if name in file.lines:
        return file.spoiled(f"{name!r} stands in line {file.lines[name]} already", line)
    file.lines[name] = line
    if value.tag == NULL:
        return None
    read = KEYS[name].value(value, file.spoiled)
    if read is None:
        return file.spoiled(f"{name!r} must be {KEYS[name].what}, not {_shown(value)}", line)
    file.values[name] = read
    return None


def _shown(node: yaml.Node) -> str:
    """A value as a message names it. Lists are not written out: a few lines of YAML can stand for a huge one."""
    text = text_of(node)
    return f"{text!r:.60}" if text is not None else "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _project_of(file: _File, projects: Sequence[Project]) -> Project | None:
    """The project that a file is about; a problem of the file when that cannot be told."""
    names = [project.name for project in projects]
    name = file.values.get("project")
    if name is None and len(projects) == 1:
        return projects[0]
    if name in names:
        return projects[names.index(name)]
    if name is not None:
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there is: {', '.join(names)}"
        file.spoiled(f"there is no project {name!r:.60}; {hint}", file.lines["project"])
    elif file.values and names:
        file.spoiled(f"a view says which project it is about, such as 'project: {names[0]}'")
    return None


def _view(file: _File, project: Project, others: Sequence[SavedView]) -> SavedView:
    values = file.values
    state = {name: value for name, value in values.items() if name in STATE}
    ids = {str(run.id) for run in project.runs}
    named = next(iter(state["runs"].values())) if isinstance(state.get("runs"), dict) else []
    gone = [run_id for run_id in named if run_id not in ids]
    if gone:
        listed = ", ".join(f"{run_id!r:.60}" for run_id in gone[:NAMED_RUNS]) + (", …" if gone[NAMED_RUNS:] else "")
        file.spoiled(f"no run of {project.name} has the id {listed}", file.lines["runs"])
    first = next((view.name for view in others if view.default), None)
    if values.get("default") and first is not None:
        file.spoiled(f"the view {first!r} is the default already", file.lines["default"])
    return SavedView(
        name=file.name,
        title=values.get("title") or file.name,
        description=values.get("description", ""),
        default=bool(values.get("default")) and first is None,
        state=state,
    )

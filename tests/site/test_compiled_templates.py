"""Compiled templates: kept beside those of the program, as Python keeps modules, and never taken from elsewhere."""

import sys

import jinja2
import pytest

from reportgen.site.compiled_templates import CompiledTemplates


@pytest.fixture
def program(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    folder = tmp_path / "program"
    (folder / "partials").mkdir(parents=True)
    folder.joinpath("a.html").write_text("{% include 'partials/b.html' %}!")
    folder.joinpath("partials/b.html").write_text("{{ word }}")
    return folder


def render(program, *folders, name="a.html"):
    """The template as a new process would render it."""
    loader = jinja2.FileSystemLoader([*map(str, folders), str(program)])
    environment = jinja2.Environment(loader=loader, autoescape=True)
    environment.bytecode_cache = CompiledTemplates(program)
    return environment.get_template(name).render(word="<hi>")


def kept(folder):
    return sorted(folder.rglob("*.pyc"))


def fail(*_arguments, **_options):
    raise AssertionError("compiled anew")


def test_a_template_is_compiled_once(program, monkeypatch):
    assert render(program) == "&lt;hi&gt;!"
    assert [path.parent for path in kept(program)] == [program / "__pycache__", program / "partials/__pycache__"]
    monkeypatch.setattr(jinja2.Environment, "_parse", fail)
    assert render(program) == "&lt;hi&gt;!"


def test_a_changed_template_is_compiled_anew(program):
    render(program)
    program.joinpath("a.html").write_text("new {{ word }}")
    assert render(program) == "new &lt;hi&gt;"
    assert len(kept(program)) == 2


def test_another_version_of_jinja_compiles_anew(program, monkeypatch):
    render(program)
    monkeypatch.setattr(jinja2, "__version__", "99")
    monkeypatch.setattr(jinja2.Environment, "_parse", fail)
    with pytest.raises(AssertionError):
        render(program)


def test_code_in_the_folder_of_a_project_is_neither_written_nor_read(program, tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    project.joinpath("a.html").write_text("{% include 'partials/b.html' %} of the project")
    assert render(program, project) == "&lt;hi&gt; of the project"
    assert not kept(project)

    project.joinpath("a.html").unlink()
    render(program)  # now there is code for the program's
    (project / "__pycache__").mkdir()
    for path in kept(program):
        (project / "__pycache__" / path.name).write_bytes(path.read_bytes())
    project.joinpath("a.html").write_text(program.joinpath("a.html").read_text() + "?")
    assert render(program, project) == "&lt;hi&gt;!?"


@pytest.mark.parametrize("damage", [b"", b"torn", slice(0, 20), slice(0, 60)])
def test_damaged_code_is_made_anew(program, damage):
    render(program)
    whole = [path.read_bytes() for path in kept(program)]
    for path, content in zip(kept(program), whole, strict=True):
        path.write_bytes(damage if isinstance(damage, bytes) else content[damage])
    assert render(program) == "&lt;hi&gt;!"
    assert [path.read_bytes() for path in kept(program)] == whole


def test_python_says_whether_and_where_to_keep_code(program, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    render(program)
    assert not kept(program)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    render(program)
    assert not kept(program)
    assert len(kept(tmp_path / "elsewhere")) == 2


def test_a_folder_that_cannot_be_written_keeps_nothing(program):
    program.joinpath("__pycache__").write_text("a file, where a folder would have to be made")
    assert render(program) == "&lt;hi&gt;!"

"""What changes in a folder is found, and what is not the project's is not looked at."""

from pathlib import Path

from reportgen.serve.watch import changes, look


def test_files_that_change_come_or_go_are_found(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    kept, gone = tmp_path / "reports" / "a.md", tmp_path / "b.md"
    kept.write_text("one")
    gone.write_text("two")
    turns = iter(range(5))

    def is_over(_seconds: float) -> bool:
        turn = next(turns)
        if turn == 1:
            kept.write_text("longer")
            gone.unlink()
        elif turn == 2:
            (tmp_path / "runs" / "p").mkdir(parents=True)
            (tmp_path / "runs" / "p" / "new").touch()
        return turn == 4

    found = [{Path(path).name for path in changed} for changed in changes(lambda: look([tmp_path], []), is_over)]
    assert found == [{"a.md", "b.md"}, {"new"}]


def test_the_site_hidden_files_and_links_in_a_circle_are_left_alone(tmp_path: Path) -> None:
    for place in ("site/index.html", ".reportgen/x", "runs/.lock", "runs/a"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).touch()
    (tmp_path / "runs" / "circle").symlink_to(tmp_path / "runs")
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    seen = look([tmp_path], [tmp_path / "site"])
    assert str(tmp_path / "runs" / "a") in seen
    assert not any(
        "site" in Path(path).relative_to(tmp_path).parts or "/." in path.removeprefix(str(tmp_path)) for path in seen
    )
    assert all(Path(path).name == "a" for path in seen)


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    assert look([tmp_path / "missing"], []) == {}

"""What GitHub Pages will not take is said before the push."""

from pathlib import Path

from reportgen.publish import pages_warnings

MEGABYTE = 1024**2


def sparse(path: Path, size: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


def test_an_ordinary_site_has_no_warnings(tmp_path: Path) -> None:
    sparse(tmp_path / "index.html", 1000)
    sparse(tmp_path / "data" / "just-fits.js", 100 * MEGABYTE)
    assert pages_warnings(tmp_path) == ()


def test_a_file_too_large_is_named_with_its_size(tmp_path: Path) -> None:
    sparse(tmp_path / "runs" / "model.bin", 100 * MEGABYTE + MEGABYTE // 2)
    (warning,) = pages_warnings(tmp_path)
    assert "runs/model.bin" in warning
    assert "100.5 MB" in warning


def test_a_site_too_large_is_said_and_the_rest_of_the_files_counted(tmp_path: Path) -> None:
    for number in range(5):
        sparse(tmp_path / f"{number}.bin", 300 * MEGABYTE + number)
    warnings = pages_warnings(tmp_path)
    assert [warning.split()[0] for warning in warnings[:3]] == ["4.bin", "3.bin", "2.bin"]
    assert "2 more files" in warnings[3]
    assert "1,500.0 MB" in warnings[4]
    assert "1,024.0 MB" in warnings[4]

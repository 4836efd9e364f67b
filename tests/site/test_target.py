import pytest

from reportgen.config import BuildConfig
from reportgen.errors import ProjectError
from reportgen.site.target import check_target


@pytest.fixture
def project(tmp_path):
    for name in ("study/runs/digits/a", "study/reports", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path / "study"


def check(project, site_dir):
    check_target(BuildConfig(folder=project, site_dir=site_dir))


@pytest.mark.parametrize("site", ["site", "../elsewhere", "../new/deep", "out/site"])
def test_a_folder_of_its_own_is_fine(project, site):
    check(project, project / site)


@pytest.mark.parametrize("site", [".", "..", "runs", "runs/digits", "reports/site", ".reportgen/cache", "../study"])
def test_a_folder_that_holds_what_the_site_is_made_from_is_refused(project, site):
    with pytest.raises(ProjectError):
        check(project, project / site)


def test_a_link_to_the_runs_is_seen_through(project):
    (project / "site").symlink_to(project / "runs")
    with pytest.raises(ProjectError, match="runs"):
        check(project, project / "site")


def test_somebodys_files_are_not_deleted(project):
    (project / "site").mkdir()
    (project / "site/thesis.tex").write_text("years of work")
    with pytest.raises(ProjectError, match="delete"):
        check(project, project / "site")
    (project / "site/index.html").write_text("a site")
    check(project, project / "site")


def test_a_file_is_no_folder(project):
    (project / "site").write_text("x")
    with pytest.raises(ProjectError, match="file"):
        check(project, project / "site")


@pytest.mark.parametrize("place", ["site/data/charts/1.js", "site/demo/data/charts/1.js"])
def test_what_a_build_left_that_stopped_half_way_is_a_site(project, place):
    (project / place).parent.mkdir(parents=True)
    (project / place).write_text("window.mine = 1;")
    with pytest.raises(ProjectError, match="delete"):
        check(project, project / "site")
    (project / place).write_text('reportgen.put("charts/1",{});')
    check(project, project / "site")

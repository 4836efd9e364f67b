"""The page about wandb's names lists every name, and each claim in it holds."""

import inspect
import operator
import re

import pytest

import reportgen
from reportgen.errors import ServerError
from reportgen.logger.config import Config
from reportgen.logger.settings import NO_EFFECT, Settings
from reportgen.logger.summary import Summary
from reportgen.logger.variables import VARIABLES
from tests.logger.logs import CHECKOUT

PAGE = (CHECKOUT / "docs/reference/wandb-api.md").read_text()
MODULE = """init finish setup teardown login require log log_artifact log_model use_artifact use_model link_model save
restore define_metric watch unwatch config summary run Run Settings Api Artifact ArtifactTTL Table EvalTable Image
Video Audio Html Plotly Histogram Object3D Molecule Graph box3d plot plot_table sweep agent controller Error termlog
termwarn termerror termsetup alert AlertLevel log_code mark_preempting JoinedTable Classes data_types errors util sdk
env __version__"""
PARAMETERS = """entity project dir id name notes tags config config_exclude_keys config_include_keys allow_val_change
group job_type mode force reinit resume resume_from fork_from save_code tensorboard sync_tensorboard monitor_gym
settings anonymous"""
RUN = """settings dir sync_dir config config_static name notes tags id sweep_id path start_time starting_step resumed
step offline disabled group job_type project project_url sweep_url url entity summary log finish save restore
define_metric watch unwatch log_code log_artifact use_artifact link_artifact upsert_artifact finish_artifact log_model
use_model link_model alert display to_html status mark_preempting pin_config_keys write_logs __enter__ __exit__"""
CONFIG = "__getitem__ __setitem__ __getattr__ __setattr__ get keys items update setdefaults as_dict persist"
SUMMARY = "__getitem__ __setitem__ __delitem__ __getattr__ __setattr__ __delattr__ get keys update"
TYPES = """Image Table Table.add_data Table.add_row Table.add_column Table.add_computed_columns Table.get_column
Table.get_dataframe Table.iterrows Table.cast Histogram Audio Video Html Plotly Molecule Molecule.from_rdkit Object3D
Object3D.from_file Object3D.from_numpy Object3D.from_point_cloud Bokeh Artifact Artifact.add Artifact.add_file
Artifact.add_dir Artifact.add_reference Artifact.new_file Artifact.get Artifact.get_entry Artifact.download
Artifact.checkout Artifact.verify Artifact.files Artifact.wait Artifact.link Artifact.aliases Artifact.tags
Artifact.metadata Artifact.version Artifact.digest"""
CHARTS = """plot.line plot.scatter plot.bar plot.histogram plot.line_series plot.roc_curve plot.pr_curve
plot.confusion_matrix plot.visualize plot.CustomChart plot_table"""
MODULES = """data_types.Media data_types.WBValue errors.Error errors.CommError errors.UsageError
errors.AuthenticationError errors.UnsupportedError util.generate_id util.to_human_size util.is_numpy_array
env.get_project env.get_entity env.is_offline env.PROJECT sdk.wandb_run.Run sdk.wandb_config.Config
sdk.wandb_settings.Settings sdk.wandb_summary.Summary sdk.artifacts.artifact.Artifact apis.public.Run"""
READING = "Api Api.runs Api.run Api.artifact Api.artifacts"
READ_RUN = """config summary history scan_history files file update delete logged_artifacts used_artifacts"""
SETTINGS = """console code_dir disable_git save_code silent quiet x_disable_stats x_disable_meta
x_stats_sampling_interval x_label run_id run_name run_group run_job_type run_tags run_notes"""
VARIABLE_NAMES = """MODE PROJECT ENTITY NAME RUN_ID RUN_GROUP JOB_TYPE TAGS NOTES DIR RESUME CONFIG_PATHS SILENT QUIET
CONSOLE DISABLE_CODE DISABLE_GIT SAVE_CODE GIT_COMMIT GIT_REMOTE_URL GIT_ROOT PROGRAM ARGS HOST USERNAME IGNORE_GLOBS
SWEEP_ID NOTEBOOK_NAME INIT_TIMEOUT DISABLED"""
EXPECTED = {
    "The module": MODULE,
    "Parameters of init": PARAMETERS,
    "The run": RUN,
    "Its config": CONFIG,
    "Its summary": SUMMARY,
    "Data types": TYPES,
    "Charts": CHARTS,
    "Modules": MODULES,
    "Reading": READING,
    "A run that was read": READ_RUN,
    "Settings": SETTINGS,
    "The environment": "WANDB_LOG_MODEL WANDB_WATCH",
}
"""Section of the page -> the names of wandb's API that it has to list."""
STATES = {"works", "differs", "no effect", "needs a server"}


def rows_of(section):
    """The rows of a section's table: the name as written, what it claims, and how."""
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \| ([\w ]+) \|(.*)\|$", text, re.MULTILINE)


ROWS = [(section, *row) for section in EXPECTED for row in rows_of(section)]


def bare(name):
    return name.partition("(")[0]


@pytest.mark.parametrize("section", EXPECTED)
def test_every_name_is_listed_once(section):
    listed = [bare(name) for name, _, _ in rows_of(section)]
    assert set(EXPECTED[section].split()) - set(listed) == set()
    assert sorted(listed) == sorted(set(listed))


def test_the_page_has_no_other_sections_and_no_other_words():
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == list(EXPECTED)
    assert {claim for _, _, claim, _ in ROWS} == STATES
    assert [name for _, name, claim, how in ROWS if claim == "differs" and not how.strip()] == []


def found(dotted):
    """The object of a public name: whatever is not imported yet is, by asking for it."""
    kind, _, member = dotted.partition(".")
    if kind == "Artifact" and member:  # most of what one has belongs to each
        return getattr(reportgen.Artifact("name", "type"), member)
    return operator.attrgetter(dotted)(reportgen)


def public_names():
    return [
        pytest.param(name, claim, id=bare(name))
        for section, name, claim, _ in ROWS
        if section in ("The module", "Data types", "Charts", "Modules", "Reading")
    ]


@pytest.mark.parametrize(("name", "claim"), public_names())
def test_a_public_name_does_what_is_claimed(name, claim):
    reportgen.init(mode="disabled")
    thing = found(bare(name))
    assert thing is not None
    assert set(re.findall(r"\w+", name.partition("(")[2])) - parameters_of(thing) == set()
    if claim == "needs a server":
        with pytest.raises(ServerError):
            thing()


def test_no_claim_is_a_promise():
    assert not re.search(r"\b(will|yet|soon|planned)\b", PAGE)


@pytest.mark.parametrize(("name", "claim"), [row[1:3] for row in ROWS if row[0] == "A run that was read"])
def test_a_run_that_was_read_has_it(begin, name, claim):
    begin(id="a").finish()
    member = getattr(reportgen.Api().run("a"), bare(name))
    assert set(re.findall(r"\w+", name.partition("(")[2])) - parameters_of(member) == set()
    if claim == "no effect":
        assert member() is None


def parameters_of(thing):
    return set(inspect.signature(thing).parameters) if callable(thing) else set()


def test_needs_a_server_is_only_claimed_where_it_is_checked():
    assert {section for section, _, claim, _ in ROWS if claim == "needs a server"} == {"The module"}


INIT = [row for row in ROWS if row[0] == "Parameters of init"]


@pytest.mark.parametrize(("name", "claim"), [(name, claim) for _, name, claim, _ in INIT])
def test_a_parameter_of_init_is_taken(name, claim):
    assert name in inspect.signature(reportgen.init).parameters
    assert (claim == "no effect") == (name in {*NO_EFFECT, "anonymous"})


@pytest.mark.parametrize("name", ["anonymous", *NO_EFFECT])
def test_a_parameter_without_effect_changes_nothing_that_is_logged(begin, name):
    one, other = begin(mode="disabled", id="a"), begin(mode="disabled", id="a", **{name: True})
    differing = {key for key, value in vars(other.settings).items() if vars(one.settings).get(key) != value}
    assert differing == {name}


@pytest.mark.parametrize(("name", "claim"), [row[1:3] for row in ROWS if row[0] == "The run"])
def test_a_member_of_the_run_is_there(begin, name, claim):
    run = begin()
    assert hasattr(run, name)
    if claim == "no effect":
        assert getattr(run, name) is None


@pytest.mark.parametrize("name", ["name", "notes", "tags"])
def test_what_may_be_set_may_be_set(begin, name):
    run = begin(strict=True)
    setattr(run, name, ("x",) if name == "tags" else "x")
    assert getattr(run, name) in ("x", ("x",))


@pytest.mark.parametrize(("name", "kind"), [(row[1], Config) for row in ROWS if row[0] == "Its config"])
def test_config_has_it(name, kind):
    assert callable(getattr(kind, name))


@pytest.mark.parametrize(("name", "kind"), [(row[1], Summary) for row in ROWS if row[0] == "Its summary"])
def test_summary_has_it(name, kind):
    assert callable(getattr(kind, name))


@pytest.mark.parametrize(("name", "claim"), [row[1:3] for row in ROWS if row[0] == "Settings"])
def test_a_setting_that_does_something_is_known(name, claim):
    assert hasattr(Settings, name) == (claim != "no effect")
    assert hasattr(Settings(**{name: "x"}), name)


def test_every_variable_of_wandb_is_read():
    known = {variable for variable, _, prefixes, _ in VARIABLES.values() if "WANDB_" in prefixes}
    assert set(VARIABLE_NAMES.split()) - known == set()

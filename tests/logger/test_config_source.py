import argparse
import sys
from collections.abc import Mapping
from types import SimpleNamespace

import pytest

from reportgen.errors import UsageError
from tests.logger.logs import run_script


class Missing(Mapping):
    """What OmegaConf does: a mapping whose missing values raise when they are read."""

    def __init__(self, values):
        self.values_ = values

    def __getitem__(self, key):
        if self.values_[key] == "???":
            raise RuntimeError(f"Missing mandatory value: {key}")
        return self.values_[key]

    def __iter__(self):
        return iter(self.values_)

    def __len__(self):
        return len(self.values_)


class Flags:
    """What absl's FlagValues does."""

    def flag_values_dict(self):
        return {"lr": 0.1, "model": "cnn"}


class ConfigDict:
    """What ml_collections does: keys and items, without being a mapping."""

    def keys(self):
        return ["lr"]

    def __getitem__(self, key):
        return {"lr": 0.1}[key]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Missing({"lr": 0.1, "path": "???", "inner": Missing({"a": "???"})}),
         {"lr": 0.1, "path": "(RuntimeError)", "inner": {"a": "(RuntimeError)"}}),
        (Flags(), {"lr": 0.1, "model": "cnn"}),
        (SimpleNamespace(FLAGS=Flags()), {"lr": 0.1, "model": "cnn"}),
        (ConfigDict(), {"lr": 0.1}),
        (SimpleNamespace(lr=0.1), {"lr": 0.1}),
        (argparse.Namespace(lr=0.1), {"lr": 0.1}),
        (None, {}),
    ],
    ids=["omegaconf", "absl", "absl module", "ml_collections", "simple", "argparse", "none"],
)  # fmt: skip
def test_what_people_have_their_configuration_in(begin, given, expected):
    assert begin(config=given).config.as_dict() == expected


@pytest.mark.parametrize("given", [3, [1, 2], object()], ids=["a number", "a list", "an object"])
def test_anything_else_is_refused(begin, given):
    with pytest.raises(UsageError, match="no configuration") as caught:
        begin(config=given)
    assert "YAML" in caught.value.remedy


PLAIN = "lr: 0.1\noptimizer:\n  name: adam\ndropout:\n  value: 0.5\n"
EXPLAINED = "wandb_version: 1\nlr:\n  value: 0.1\n  desc: how fast\nlayers:\n  desc: null\n  value: [1, 2]\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN, {"lr": 0.1, "optimizer": {"name": "adam"}, "dropout": {"value": 0.5}}),
        (EXPLAINED, {"lr": 0.1, "layers": [1, 2]}),
        (EXPLAINED.partition("\n")[2], {"lr": 0.1, "layers": [1, 2]}),
        ("", {}),
        ("a: é\n", {"a": "é"}),
    ],
    ids=["plain", "explained", "explained without a version", "empty", "unicode"],
)
def test_a_yaml_file_is_a_configuration(begin, tmp_path, text, expected):
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    assert begin(config="c.yaml").config.as_dict() == expected
    assert begin(config=tmp_path / "c.yaml").config.as_dict() == expected
    run = begin()
    run.config.update("c.yaml")
    assert run.config.as_dict() == expected


@pytest.mark.parametrize("content", [b"a: [1", b"- 1\n", b"\xff\xfe\xfa", None], ids=str)
def test_a_file_that_is_no_configuration_is_refused_with_its_name(begin, tmp_path, content):
    if content is not None:
        (tmp_path / "c.yaml").write_bytes(content)
    with pytest.raises(UsageError, match=r"c\.yaml") as caught:
        begin(config="c.yaml")
    assert caught.value.remedy


def test_yaml_constructs_nothing(begin, tmp_path):
    (tmp_path / "c.yaml").write_text("a: !!python/object/apply:os.getcwd []\n")
    with pytest.raises(UsageError, match="no YAML"):
        begin(config="c.yaml")


def test_the_files_of_the_settings_come_before_what_init_is_given(begin, tmp_path, monkeypatch):
    (tmp_path / "a.yaml").write_text("lr: 1\nseed: 1\n")
    (tmp_path / "b.yaml").write_text("seed: 2\nepochs: 3\n")
    monkeypatch.setenv("REPORTGEN_CONFIG_PATHS", "a.yaml,b.yaml")
    assert begin(config={"epochs": 9}).config.as_dict() == {"lr": 1, "seed": 2, "epochs": 9}


def test_defaults_are_not_read_unless_they_are_named(begin, tmp_path):
    (tmp_path / "config-defaults.yaml").write_text("lr: 1\n")
    assert begin().config.as_dict() == {}


def test_keys_can_be_chosen(begin):
    config = {"lr": 1, "seed": 2, "secret": 3}
    assert begin(config=config, config_exclude_keys=["secret"]).config.as_dict() == {"lr": 1, "seed": 2}
    assert begin(config=config, config_include_keys=["lr"]).config.as_dict() == {"lr": 1}
    assert begin(config=config, config_include_keys="lr,seed").config.as_dict() == {"lr": 1, "seed": 2}
    with pytest.raises(UsageError, match="exclude each other"):
        begin(config=config, config_include_keys=["lr"], config_exclude_keys=["seed"])


def test_without_pyyaml_it_says_so(tmp_path):
    (tmp_path / "c.yaml").write_text("lr: 1\n")
    code = "import sys\nsys.modules['yaml'] = None\nimport reportgen\nreportgen.init(config='c.yaml')\n"
    status, _, err = run_script(code, tmp_path)
    assert status == 1
    assert "config c.yaml: reading YAML needs PyYAML\n  pip install pyyaml" in err


def test_yaml_is_loaded_only_for_a_file(tmp_path):
    code = "import sys, reportgen\nreportgen.init(config={'a': 1}, capture=False)\nassert 'yaml' not in sys.modules\n"
    assert run_script(code, tmp_path)[0] == 0, sys.executable

"""The recipe brings code back and does nothing else, whatever the run log says."""

import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.pages.recipe import code_recipe

COMMIT, OTHER, THIRD = "0123456789abcdef", "fedcba9876543210", "00000000aaaaaaaa"
CLONE = "git clone https://github.com/ada/digits.git\ncd ./digits\n"
REMOTE = "https://github.com/ada/digits.git"


@pytest.mark.parametrize(
    ("remote", "commit", "recipe"),
    [
        (REMOTE, COMMIT, f"{CLONE}git checkout {COMMIT}\ngit apply ../diff.patch"),
        (
            "git@github.com:ada/digits",
            COMMIT,
            f"git clone git@github.com:ada/digits\ncd ./digits\ngit checkout {COMMIT}\ngit apply ../diff.patch",
        ),
        (
            "https://ada:token@github.com/ada/digits.git",
            COMMIT,
            f"{CLONE}git checkout {COMMIT}\ngit apply ../diff.patch",
        ),
        ("", COMMIT, f"git checkout {COMMIT}\ngit apply diff.patch"),
        ("$(rm -rf /)", COMMIT, f"git checkout {COMMIT}\ngit apply diff.patch"),
        ("--upload-pack=touch x", COMMIT, f"git checkout {COMMIT}\ngit apply diff.patch"),
        ("ext::sh -c x", COMMIT, f"git checkout {COMMIT}\ngit apply diff.patch"),
        (REMOTE, "; rm -rf /", ""),
        (REMOTE, "", ""),
        (REMOTE, 7, ""),
    ],
)
def test_the_recipe_brings_the_code_back_and_nothing_else(remote, commit, recipe):
    assert code_recipe({"remote": remote, "commit": commit}, ["diff.patch"]) == (recipe, "diff.patch")


def test_a_clean_run_has_nothing_to_apply():
    assert code_recipe({"remote": REMOTE, "commit": COMMIT}, ["model.pt"]) == (f"{CLONE}git checkout {COMMIT}", "")


def test_a_commit_that_the_remote_lacks_is_made_from_one_that_it_has():
    git = {"remote": REMOTE, "commit": COMMIT, "pushed": OTHER}
    name = f"diff_{OTHER}.patch"
    assert code_recipe(git, ["diff.patch", name]) == (f"{CLONE}git checkout {OTHER}\ngit apply ../{name}", name)
    assert code_recipe(git, ["diff.patch"]) == (f"{CLONE}git checkout {COMMIT}\ngit apply ../diff.patch", "diff.patch")


def test_submodules_come_to_their_commits():
    submodules = [
        {"path": "as recorded", "commit": OTHER, "recorded": OTHER},
        {"path": "moved", "commit": OTHER, "recorded": COMMIT},
        {"path": "unpushed", "commit": OTHER, "pushed": THIRD, "recorded": OTHER},
        {"path": "new one", "commit": OTHER, "remote": REMOTE},
        {"path": "new/nowhere", "commit": OTHER, "remote": "/home/ada/lib"},
        {"path": "../../etc", "commit": OTHER, "recorded": COMMIT},
        {"path": ".git", "commit": OTHER, "recorded": COMMIT},
        {"path": "a\nb", "commit": OTHER, "recorded": COMMIT},
        {"path": "$(x)", "commit": "; x", "recorded": COMMIT},
        "no submodule",
    ]
    recipe, _ = code_recipe({"commit": COMMIT, "submodules": submodules}, [])
    assert recipe.split("\n") == [
        f"git checkout {COMMIT}",
        "git submodule update --init --recursive",
        f"git -C ./moved checkout {OTHER}",
        "git -C ./moved submodule update --init --recursive",
        f"git -C ./unpushed checkout {THIRD}",
        "git -C ./unpushed submodule update --init --recursive",
        f"git clone {REMOTE} './new one'",
        f"git -C './new one' checkout {OTHER}",
        "git -C './new one' submodule update --init --recursive",
    ]


ANYTHING = st.recursive(st.none() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3))
HASH = st.just(COMMIT) | st.just(OTHER) | ANYTHING


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {"commit": HASH, "remote": st.just(REMOTE) | ANYTHING},
        optional={
            "pushed": HASH,
            "submodules": ANYTHING
            | st.lists(st.fixed_dictionaries({"path": ANYTHING, "commit": HASH, "recorded": HASH, "remote": ANYTHING})),
        },
    )
)
def test_every_line_is_one_git_command_whatever_the_log_says(git):
    recipe, _ = code_recipe(git, ["diff.patch"])
    for line in recipe.split("\n") if recipe else []:
        words = shlex.split(line)
        assert words[0] == "git" or (words[0] == "cd" and words[1].startswith("./"))
        assert shlex.join(words) == line
        assert all(not word.startswith("-") or word in ("-C", "--init", "--recursive") for word in words)

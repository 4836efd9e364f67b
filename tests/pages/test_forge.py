"""Remotes made fit to show."""

import pytest

from reportgen.pages.forge import clean_remote, commit_page, comparison_address, repository_page

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("remote", "page"),
    [
        ("https://github.com/ada/digits.git", f"https://github.com/ada/digits/commit/{COMMIT}"),
        ("https://ada:secret@github.com/ada/digits", f"https://github.com/ada/digits/commit/{COMMIT}"),
        ("git@gitlab.com:group/sub/digits.git", f"https://gitlab.com/group/sub/digits/-/commit/{COMMIT}"),
        ("ssh://git@bitbucket.org/ada/digits.git", f"https://bitbucket.org/ada/digits/commits/{COMMIT}"),
        ("http://github.com/ada/digits", f"https://github.com/ada/digits/commit/{COMMIT}"),
        ("https://git.example.org/ada/digits.git", ""),
        ("https://github.com.evil.example/ada/digits", ""),
        ("https://evil.example/github.com/ada", ""),
        ("https://evil.example@github.com/ada/digits", f"https://github.com/ada/digits/commit/{COMMIT}"),
        ("https://github.com/../../x", ""),
        ("javascript:alert(1)//github.com/a/b", ""),
        ("https://github.com/a b/c", ""),
        ('https://github.com/a"onclick="x', ""),
        ("/home/ada/digits", ""),
        ("", ""),
    ],
)
def test_only_known_forges_are_linked(remote, page):
    assert commit_page(remote, COMMIT) == page


def test_what_is_no_commit_is_not_linked():
    assert commit_page("https://github.com/ada/digits", "../../settings") == ""
    assert repository_page("https://github.com/ada/digits") == "https://github.com/ada/digits"


@pytest.mark.parametrize(
    ("remote", "clean"),
    [
        ("https://token@github.com/ada/digits.git", "https://github.com/ada/digits.git"),
        ("https://user:pass@git.example.org:8443/x/y", "https://git.example.org:8443/x/y"),
        ("git@github.com:ada/digits.git", "git@github.com:ada/digits.git"),
        ("https://github.com/a\n--upload-pack=x", ""),
        ("/home/ada/secret", ""),
    ],
)
def test_credentials_and_local_paths_are_not_shown(remote, clean):
    assert clean_remote(remote) == clean


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:ada/digits.git", "https://github.com/ada/digits/compare/{old}...{new}"),
        ("https://gitlab.com/group/sub/digits", "https://gitlab.com/group/sub/digits/-/compare/{old}...{new}"),
        ("https://bitbucket.org/ada/digits", "https://bitbucket.org/ada/digits/branches/compare/{new}..{old}"),
        ("https://codeberg.org/ada/digits.git", "https://codeberg.org/ada/digits/compare/{old}...{new}"),
        ("https://git.example.org/ada/digits.git", ""),
        ("/home/ada/digits", ""),
    ],
)
def test_known_forges_compare_two_commits(remote, address):
    assert comparison_address(remote) == address

"""What holds for every list of files, name and order of changes."""

import os
import tempfile

import hypothesis.strategies as st
from hypothesis import given, settings

from reportgen.errors import UsageError
from reportgen.logger.artifacts.collection import Collection
from reportgen.logger.artifacts.manifest import ArtifactEntry, Manifest, entry_path, read_manifest
from reportgen.logger.artifacts.names import alias_list, parse_name, safe_artifact_name, version_number

names = st.text(st.characters(exclude_characters="\0", exclude_categories=()), min_size=1)
parts = names.filter(lambda name: name not in (".", "..") and not set(name) & {"/", os.sep})
paths = st.lists(parts, min_size=1, max_size=4).map("/".join)
digests = st.text("0123456789abcdef", min_size=64, max_size=64)
sizes = st.integers(0, 2**60)


@st.composite
def entries(draw):
    path = draw(paths)
    if draw(st.booleans()):
        return ArtifactEntry(path, draw(digests), draw(sizes))
    uri = f"s3://{draw(names)}"
    return ArtifactEntry(path, uri, draw(st.none() | sizes), uri)


def fields(manifest):
    return [(entry.path, entry.digest, entry.size, entry.ref) for entry in manifest]


@settings(deadline=None)
@given(st.lists(entries(), unique_by=lambda entry: entry.path), st.randoms())
def test_a_manifest_comes_back_and_its_digest_knows_no_order(listed, random):
    manifest = Manifest({entry.path: entry for entry in listed})
    content = manifest.content()
    assert fields(read_manifest(content, "x")) == fields(manifest)
    random.shuffle(listed)
    assert Manifest({entry.path: entry for entry in listed}).digest() == manifest.digest()


@settings(deadline=None)
@given(st.lists(entries(), min_size=1, unique_by=lambda entry: entry.path), digests)
def test_another_content_has_another_digest(listed, digest):
    manifest = Manifest({entry.path: entry for entry in listed})
    before = manifest.digest()
    changed = digest != listed[0].digest
    listed[0].digest = digest
    assert (manifest.digest() != before) == changed


@settings(deadline=None)
@given(names)
def test_a_path_of_an_entry_stays_below_any_folder(name):
    try:
        place = entry_path(name)
    except UsageError:
        assert ".." in name.split("/") or not name.strip("./")
        return
    assert entry_path(place) == place
    assert os.path.normpath(f"/top/{place}").startswith("/top/")


@settings(deadline=None)
@given(names, names)
def test_a_safe_name_is_one_folder_and_stays(one, other):
    safe = safe_artifact_name(one)
    assert safe
    assert not set(safe) & set("/\\:\0")
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 255
    assert safe_artifact_name(safe) == safe
    parsed = parse_name(f"project/{safe}:v3", "here")
    assert (parsed.project, parsed.name, parsed.version) == ("project", safe, "v3")
    if one != other and safe not in (other, one):
        assert safe_artifact_name(other) != safe or len(one) > 100


@settings(deadline=None)
@given(st.lists(names))
def test_aliases_are_no_versions_and_can_be_named(words):
    for alias in alias_list(words):
        assert version_number(alias) is None
        assert parse_name(f"net:{alias}", "p").version == alias
    assert alias_list(alias_list(words)) == alias_list(words)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.lists(st.sampled_from(["latest", "x", "y"]), max_size=2))))
def test_an_alias_leads_to_what_got_it_last(steps):
    """Against the simplest model: a dict that every logging writes into."""
    with tempfile.TemporaryDirectory() as folder:
        leads, numbers = {}, {}
        for content, aliases in steps:
            collection = Collection(folder)  # as another process would see it
            record = {"name": "net", "type": "t", "digest": content, "aliases": ["latest", *aliases]}
            version, new = collection.add(record)
            assert new == (content not in numbers)
            assert version == numbers.setdefault(content, f"v{len(numbers)}")
            if not new:
                collection.change(version, {"add": record["aliases"]})
            leads.update(dict.fromkeys(record["aliases"], version))
            assert {alias: found.name for found in collection.versions() for alias in found.aliases} == leads

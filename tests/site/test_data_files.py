import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.document import Dataset
from reportgen.site.data_files import DataFiles, encode, encode_script
from reportgen.site.site_files import SiteFiles
from reportgen.storage import Folder

HOSTILE = ("</script", "<!--", "-->", "]]>", "\u2028", "\u2029", "&", "'", '"', "\\", "`", "${", "__proto__")
texts = st.one_of(st.text(max_size=20), st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join))
values = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False), texts
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


@given(values)
def test_any_value_comes_back_and_nothing_in_it_can_end_a_script(value):
    text = encode(value).decode()
    assert not any(sign in text for sign in ("<", ">", "&", "\u2028", "\u2029"))
    assert json.loads(text) == value


@given(st.dictionaries(st.sampled_from(["__proto__", "a", '"__proto__":']), texts, max_size=3))
def test_a_key_cannot_set_the_prototype(value):
    text = encode_script(value).decode()
    assert '"__proto__":' not in text
    assert json.loads(text.replace('["__proto__"]:', '"__proto__":')) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "null"),
        (math.inf, "null"),
        ("\ud800", '"?"'),
        (2**70, str(float(2**70))),
        (10**400, '"∞"'),
        ({1: (2, 3)}, '{"1":[2,3]}'),
        ({"a": np.float64(1.5)}, '{"a":1.5}'),
    ],
)
def test_what_json_cannot_hold_becomes_something_near(value, text):
    assert encode(value).decode() == text


def test_values_nested_beyond_reason_are_cut():
    value: list = []
    for _ in range(5000):
        value = [value]
    assert "…" in encode(value).decode()


def test_exact_values_stay_exact():
    assert encode({"lr": 0.1 + 0.2}).decode() == '{"lr":0.30000000000000004}'


def test_a_column_of_text_and_one_of_flags_are_lists():
    assert encode([np.array(["<a>"]), np.array([True, False])]).decode() == '[["\\u003ca\\u003e"],[true,false]]'


def test_a_dataset_is_a_script_named_after_its_content(tmp_path):
    data = DataFiles(SiteFiles(Folder(tmp_path)))
    ref = data.write(Dataset("digits/ov/loss", {"a": "</script>"}))
    path = tmp_path / ref.url
    assert ref.key == "digits/ov/loss"
    assert path.name.startswith("loss.")
    assert path.read_text() == 'reportgen.put("digits/ov/loss",{"a":"\\u003c/script\\u003e"});\n'
    assert data.write(Dataset("digits/ov/loss", {"a": "</script>"})) == ref
    assert data.write(Dataset("digits/ov/loss", {"a": "b"})) != ref


def test_a_file_that_is_there_already_is_left_alone(tmp_path):
    ref = DataFiles(SiteFiles(Folder(tmp_path))).write(Dataset("a", [1]))
    before = (tmp_path / ref.url).stat().st_mtime_ns
    DataFiles(SiteFiles(Folder(tmp_path))).write(Dataset("a", [1]))
    assert (tmp_path / ref.url).stat().st_mtime_ns == before


def test_the_manifest_has_a_name_of_its_own(tmp_path):
    data = DataFiles(SiteFiles(Folder(tmp_path)))
    data.write_unhashed(Dataset("manifest", 1))
    assert data.write_unhashed(Dataset("manifest", 2)).url == "data/manifest.js"
    assert (tmp_path / "data/manifest.js").read_text() == 'reportgen.put("manifest",2);\n'

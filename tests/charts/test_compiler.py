"""The compiler of Vega-Lite, in a process that has used it and in those that are forked from it."""

import subprocess
import sys

import pytest

from reportgen.charts.compiler import call

SPEC = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a", "type": "quantitative"}}}
FORKED = f"""
import json, os
from reportgen.charts.compiler import call
spec = {SPEC!r}
here = call("vegalite_to_vega", vl_spec=spec)
picture = call("vega_to_svg", vg_spec=here)
child = os.fork()
if not child:
    same = call("vegalite_to_vega", vl_spec=spec) == here and call("vega_to_svg", vg_spec=here) == picture
    try:
        call("vegalite_to_vega", vl_spec={{"mark": 3}})
    except ValueError:
        os._exit(0 if same else 1)
    os._exit(2)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
"""


def test_a_forked_process_gets_the_same_and_does_not_wait_for_ever() -> None:
    subprocess.run([sys.executable, "-c", FORKED], check=True, timeout=120)


def test_what_it_cannot_make_anything_of_is_an_error() -> None:
    with pytest.raises(ValueError, match="Vega-Lite"):
        call("vegalite_to_vega", vl_spec={"mark": 3})

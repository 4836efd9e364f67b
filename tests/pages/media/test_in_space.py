"""Molecules, meshes and Bokeh documents as data, and how loud sounds are: read from files that nobody vouches for."""

import base64
import io
import json
import wave

import numpy as np
import pytest

from reportgen.document import Attachment, BokehFigure, Mesh, Molecule, Sound
from reportgen.pages.media import atoms, bokeh, logged_medium
from reportgen.pages.media.atoms import Bond, read_atoms
from reportgen.pages.media.waveform import PARTS, waveform
from tests.builders import run
from tests.media_in_space import ETHENE_SDF, WATER_PDB, bokeh_document, cube_obj
from tests.pages.media.galleries import made_gallery


def logged(context_of, kind, name, content, **more):
    path = f"files/media/{name}"
    described = run("a").file(path, content).value("x", {"_type": kind, "path": path})
    (item,) = made_gallery(context_of, described, **more)[0].items
    return item


V3000 = """x


  0  0  0     0  0            999 V3000
M  V30 BEGIN CTAB
M  V30 COUNTS 2 1 0 0 0
M  V30 BEGIN ATOM
M  V30 7 C 0 0 0 0
M  V30 9 O 1.2 0 0 0
M  V30 END ATOM
M  V30 BEGIN BOND
M  V30 1 2 7 9
M  V30 END BOND
M  V30 END CTAB
M  END"""
MOL2 = """@<TRIPOS>MOLECULE
x
@<TRIPOS>ATOM
1 C1 0.0 0.0 0.0 C.2
2 O1 1.2 0.0 0.0 O.2
@<TRIPOS>BOND
1 1 2 2"""
CIF = """data_x
loop_
_atom_site.group_PDB
_atom_site.type_symbol
_atom_site.Cartn_x
_atom_site.Cartn_y
_atom_site.Cartn_z
HETATM C 0.0 0.0 0.0
HETATM O 1.2 0.0 0.0
#
"""
PQR = "ATOM 1 C LIG 1 0.0 0.0 0.0 0.1 1.7\nATOM 2 O LIG 1 1.2 0.0 0.0 -0.1 1.5"
GRO = "x\n 2\n    1LIG      C    1   0.000   0.000   0.000\n    1LIG      O    2   0.120   0.000   0.000\n 1 1 1"


@pytest.mark.parametrize(
    ("format_", "text", "order"),
    [
        ("xyz", "2\nx\nC 0 0 0\nO 1.2 0 0", 1),
        ("mol", V3000, 2),
        ("mol2", MOL2, 2),
        ("mmcif", CIF, 1),
        ("pqr", PQR, 1),
        ("gro", GRO, 1),
    ],
)
def test_each_format_has_the_same_two_atoms(format_, text, order):
    found = read_atoms(text, format_)
    assert found.elements == ["C", "O"]
    assert [pytest.approx(place) for place in found.places] == [(0, 0, 0), (1.2, 0, 0)]
    assert found.bonds == [Bond(0, 1, order)]


def test_a_molecule_is_data_with_its_bonds(context_of):
    item = logged(context_of, "molecule-file", "e.sdf", ETHENE_SDF)
    assert isinstance(item.content, Molecule)
    payload = item.content.data.payload
    assert (payload["elements"], payload["kinds"]) == (["C", "H"], [0, 0, 1, 1, 1, 1])
    assert payload["bonds"][0] == [0, 1, 2]
    assert item.facts == ("sdf", "6 atoms")


def test_bonds_that_no_file_names_are_found_by_distance():
    assert read_atoms(WATER_PDB.decode(), "pdb").bonds == [Bond(0, 1), Bond(0, 2)]


@pytest.mark.parametrize("format_", sorted(atoms.READERS))
@pytest.mark.parametrize(
    "text", ["", "\n" * 9, "9" * 5000, "ATOM\n" * 3, "x\n\n\n999999 V2000", "loop_\n_atom_site.\n"]
)
def test_files_that_are_no_molecules_have_no_atoms(format_, text):
    assert read_atoms(text, format_).elements == []


def test_a_file_of_nonsense_is_offered_and_one_of_too_many_atoms_is_cut(context_of, monkeypatch):
    assert logged(context_of, "molecule-file", "x.pdb", b"ATOM  x").content == Attachment("A molecule")
    monkeypatch.setattr(atoms, "MOST_ATOMS", 2)
    monkeypatch.setattr("reportgen.pages.media.molecule.MOST_ATOMS", 2)
    item = logged(context_of, "molecule-file", "w.pdb", WATER_PDB)
    assert item.content.data.payload["kinds"] == [1, 0]
    assert (item.facts, item.notes) == (("pdb", "3 atoms"), ("The first 2 are drawn.",))


def test_atoms_that_all_stand_in_one_place_do_not_take_for_ever():
    many = "3000\n\n" + "\n".join(f"C {number / 1e4} 0 0" for number in range(3000))
    assert len(read_atoms(many, "xyz").elements) == 3000


def test_a_mesh_is_its_file(context_of, monkeypatch):
    item = logged(context_of, "object3D-file", "x.obj", cube_obj())
    assert isinstance(item.content, Mesh)
    assert item.content.data.payload == {"format": "obj", "file": base64.b64encode(cube_obj()).decode()}
    monkeypatch.setattr(logged_medium, "READ_BYTES", 20)
    assert logged(context_of, "object3D-file", "x.obj", cube_obj()).content == Attachment("An object in space")


def test_a_bokeh_document_needs_what_draws_it(context_of):
    document = bokeh_document()
    item = logged(context_of, "bokeh-file", "x.bokeh.json", document)
    assert (item.content, item.notes) == (Attachment("A Bokeh figure"), (bokeh.MISSING,))
    item = logged(context_of, "bokeh-file", "x.bokeh.json", document, draws_bokeh=True)
    assert isinstance(item.content, BokehFigure)
    assert item.content.data.payload == {"document": json.loads(document)}


@pytest.mark.parametrize("content", [b"", b"[]", b'{"roots": []}', b'{"roots": 7}', b"{"])
def test_what_is_no_bokeh_document_is_offered(context_of, content):
    item = logged(context_of, "bokeh-file", "x.bokeh.json", content, draws_bokeh=True)
    assert item.content == Attachment("A Bokeh document")


def wav(samples, width=2, channels=1):
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((channels, width, 8000, 0, "NONE", ""))
        file.writeframes(samples)
    return buffer.getvalue()


def test_peaks_follow_the_sound(context_of):
    silence, noise = np.zeros(4800), np.full(4800, 16384)
    content = wav(np.concatenate([silence, noise]).astype("<i2").tobytes())
    peaks = waveform(content)
    assert len(peaks) == PARTS
    assert set(peaks[: PARTS // 2]) == {0.0}
    assert set(peaks[PARTS // 2 :]) == {0.5}
    item = logged(context_of, "audio-file", "x.wav", content)
    assert isinstance(item.content, Sound)
    assert item.content.peaks == peaks


@pytest.mark.parametrize(
    ("width", "sample"),
    [(1, b"\xc0"), (2, b"\x00\x40"), (3, b"\x00\x00\x40"), (3, b"\x00\x00\xc0"), (4, b"\x00\x00\x00\x40")],
)
def test_every_width_of_sample_is_read(width, sample):
    assert waveform(wav(sample * 10, width)) == (0.5,) * 10
    assert waveform(wav(sample * 10, width, channels=2)) == (0.5,) * 5


@pytest.mark.parametrize("content", [b"", b"RIFF", b"RIFF\xff\xff\xff\xffWAVEfmt ", wav(b"")])
def test_what_is_no_wav_has_no_peaks(content):
    assert waveform(content) == ()

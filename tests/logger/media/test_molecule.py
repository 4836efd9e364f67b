import io
import sys

import pytest

from reportgen import Molecule
from tests.logger.logs import logged, told


@pytest.mark.parametrize("form", ["pdb", "pqr", "mmcif", "mcif", "cif", "sdf", "sd", "gro", "mol2", "mmtf"])
def test_files_are_kept_byte_for_byte(begin, tmp_path, form):
    path = tmp_path / f"water.{form.upper()}"
    path.write_bytes(b"ATOM")
    run = begin()
    with path.open("rb") as file:
        for source in (Molecule(path), Molecule(file, caption="c"), Molecule(io.StringIO("ATOM"), file_type=form)):
            value, kept = logged(run, source)
            assert kept.read_bytes() == b"ATOM"
            assert (value["_type"], value["format"], kept.suffix) == ("molecule-file", form, f".{form}")


def test_smiles_become_atoms_in_space(begin):
    pytest.importorskip("rdkit")
    run = begin()
    value, path = logged(run, Molecule.from_smiles("CCO", caption="ethanol"))
    atoms = [line for line in path.read_text().splitlines() if line.startswith("HETATM")]
    assert len(atoms) == 9
    assert len({line[30:54] for line in atoms}) == 9
    assert (value["caption"], value["format"]) == ("ethanol", "pdb")
    assert logged(run, Molecule.from_smiles("CCO"))[0]["path"] == value["path"]
    flat = logged(run, Molecule.from_smiles("CCO", convert_to_3d_and_optimize=False))[1]
    assert flat.read_text().count("HETATM") == 3


@pytest.mark.parametrize("form", ["mol", "sdf"])
def test_molecules_and_files_of_rdkit(begin, tmp_path, form):
    chem = pytest.importorskip("rdkit.Chem")
    molecule = chem.MolFromSmiles("CO")
    path = tmp_path / f"methanol.{form}"
    path.write_text(chem.MolToMolBlock(molecule) + ("$$$$\n" if form == "sdf" else ""))
    run = begin()
    for source in (molecule, path, str(path)):
        text = logged(run, Molecule.from_rdkit(source, mmff_optimize_molecule_max_iterations=10))[1].read_text()
        assert text.count("HETATM") == 6


@pytest.mark.parametrize(
    "make",
    [
        lambda: Molecule.from_smiles("no molecule"),
        lambda: Molecule.from_smiles(5),
        lambda: Molecule.from_rdkit(5),
        lambda: Molecule.from_rdkit("missing.mol"),
        lambda: Molecule.from_rdkit("missing.sdf"),
        lambda: Molecule.from_rdkit("water.exe"),
        lambda: Molecule("missing.pdb"),
        lambda: Molecule("water.exe"),
        lambda: Molecule(io.StringIO("ATOM")),
        lambda: Molecule(io.StringIO("ATOM"), file_type="exe"),
        lambda: Molecule(5),
    ],
)
def test_what_is_no_molecule_costs_its_key_and_a_warning(begin, capsys, make):
    told(begin, capsys, make())


def test_without_rdkit_it_says_what_to_do(begin, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "rdkit", None)
    assert "pip install rdkit" in told(begin, capsys, Molecule.from_smiles("CCO"))

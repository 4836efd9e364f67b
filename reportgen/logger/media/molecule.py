"""Molecule: files of atoms and bonds, and what RDKit knows."""

from __future__ import annotations

import os

from reportgen.errors import UsageError
from reportgen.logger.media.file import FileMedia, Held, ending_of, model_of
from reportgen.schema import MOLECULE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Self

WHERE = "reportgen.Molecule"
FORMATS = frozenset(("pdb", "pqr", "mmcif", "mcif", "cif", "sdf", "sd", "mol", "xyz", "gro", "mol2", "mmtf"))
RDKIT_FORMATS = frozenset(("mol", "sdf"))


class Molecule(FileMedia):
    """A molecule to log.

    Args:
        data_or_path: the path or a file object of a pdb, pqr, mmcif, mcif, cif, sdf, sd, mol, xyz, gro, mol2 or mmtf
            file.
        caption: text under it.
        file_type: the format of a file object that has no name.
    """

    TYPE = MOLECULE
    FOLDER = "molecule"

    def __init__(self, data_or_path: object, caption: str | None = None, file_type: str | None = None) -> None:
        super().__init__(caption, lambda: model_of(data_or_path, file_type, FORMATS, WHERE))

    @classmethod
    def from_rdkit(
        cls,
        data_or_path: object,
        caption: str | None = None,
        convert_to_3d_and_optimize: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
        mmff_optimize_molecule_max_iterations: int = 200,
    ) -> Self:
        """A molecule of RDKit, or a mol or sdf file that RDKit reads (its first molecule).

        Args:
            data_or_path: the molecule, or the path.
            caption: text under it.
            convert_to_3d_and_optimize: add hydrogens and find where the atoms are, which may take long.
            mmff_optimize_molecule_max_iterations: steps of that at most.
        """
        steps = mmff_optimize_molecule_max_iterations if convert_to_3d_and_optimize else None
        return cls._of(caption, lambda: _pdb(_rdkit_molecule(data_or_path), steps))

    @classmethod
    def from_smiles(
        cls,
        data: str,
        caption: str | None = None,
        sanitize: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
        convert_to_3d_and_optimize: bool = True,  # noqa: FBT001, FBT002 # wandb's signature
        mmff_optimize_molecule_max_iterations: int = 200,
    ) -> Self:
        """A molecule written in SMILES; needs RDKit.

        Args:
            data: such as ``CCO``.
            caption: text under it.
            sanitize: let RDKit check that it makes sense.
            convert_to_3d_and_optimize: add hydrogens and find where the atoms are, which may take long.
            mmff_optimize_molecule_max_iterations: steps of that at most.
        """
        steps = mmff_optimize_molecule_max_iterations if convert_to_3d_and_optimize else None
        return cls._of(caption, lambda: _pdb(_smiles_molecule(data, sanitize=sanitize), steps))


def _rdkit() -> Any:
    try:
        from rdkit import Chem
    except ImportError as error:
        raise UsageError("rdkit is needed for this", where=WHERE, remedy="pip install rdkit") from error
    return Chem


def _smiles_molecule(data: str, *, sanitize: bool) -> Any:
    return _readable(_rdkit().MolFromSmiles(data, sanitize=sanitize), repr(data))


def _rdkit_molecule(source: Any) -> Any:
    chem = _rdkit()
    if isinstance(source, chem.Mol):
        return source
    if not isinstance(source, (str, os.PathLike)):
        raise UsageError(f"a {type(source).__name__} is no molecule of RDKit", where=WHERE)
    path = os.fspath(source)
    form = ending_of(path, RDKIT_FORMATS)
    if form is None:
        remedy = f"Give one that ends in {' or '.join(sorted(RDKIT_FORMATS))}."
        raise UsageError(f"{path} is no file that RDKit is asked to read", where=WHERE, remedy=remedy)
    if form == "mol":
        return _readable(chem.MolFromMolFile(path), path)
    with chem.SDMolSupplier(path) as molecules:
        return _readable(next(iter(molecules), None), path)


def _readable(molecule: Any, what: str) -> Any:
    if molecule is None:
        raise UsageError(f"RDKit cannot read {what}", where=WHERE)
    return molecule


def _pdb(molecule: Any, steps: int | None) -> Held:
    chem = _rdkit()
    if steps is not None:
        from rdkit.Chem import rdDistGeom, rdForceFieldHelpers

        molecule = chem.AddHs(molecule)
        if rdDistGeom.EmbedMolecule(molecule, randomSeed=0) != 0:  # the same molecule is the same file
            raise UsageError("RDKit finds no place for the atoms", where=WHERE)
        rdForceFieldHelpers.MMFFOptimizeMolecule(molecule, maxIters=steps)
    return Held(".pdb", chem.MolToPDBBlock(molecule).encode(), format="pdb")

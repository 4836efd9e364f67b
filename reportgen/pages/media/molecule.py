"""Logged molecules."""

import numpy as np

from reportgen.document import Dataset, Molecule
from reportgen.pages.media.atoms import MOST_ATOMS, READERS, read_atoms
from reportgen.pages.media.logged_medium import LoggedMedium, Shown


def shown_molecule(medium: LoggedMedium) -> Shown | None:
    """Atoms and bonds as data for the viewer; None for a format that is not read, or a file without an atom."""
    content = medium.bytes() if medium.ending()[1:] in READERS else None
    if content is None:
        return None
    atoms = read_atoms(content.decode("utf-8", "replace"), medium.ending()[1:])
    if not atoms.elements:
        return None
    elements = sorted(set(atoms.elements))
    payload = {
        "elements": elements,
        "kinds": [elements.index(element) for element in atoms.elements],
        "places": np.array(atoms.places, dtype=np.float64).ravel(),
        "bonds": [[bond.one, bond.other, bond.order] for bond in atoms.bonds],
    }
    data = Dataset(medium.context.links.run_key(medium.run, medium.id), payload)
    count = f"{atoms.total:,} atom{'' if atoms.total == 1 else 's'}"
    notes = (f"The first {MOST_ATOMS:,} are drawn.",) if atoms.total > MOST_ATOMS else ()
    return Shown(Molecule(medium.label, data), (medium.ending()[1:], count), notes, medium.file())

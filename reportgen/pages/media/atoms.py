"""Atoms and bonds from the text formats of chemistry. What a line cannot mean is skipped: none of it is trusted."""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

MOST_ATOMS = 20_000
FARTHEST = 1e6
"""Ångström; what claims to be farther away is no atom."""
RADII = {"H": 0.31, "B": 0.84, "C": 0.76, "N": 0.71, "O": 0.66, "F": 0.57, "SI": 1.11, "P": 1.07, "S": 1.05}
RADII |= {"CL": 1.02, "BR": 1.2, "I": 1.39, "SE": 1.2, "FE": 1.32, "ZN": 1.22, "MG": 1.41, "CA": 1.76, "NA": 1.66}
OTHER_RADIUS = 1.2
SLACK = 0.4
"""Ångström; two atoms are bound when they are nearer than the sum of their covalent radii and this."""
SAME = 0.1
"""Ångström; what is nearer is the same atom in another state."""
MOST_IN_CELL = 200
CELL = 4.0
"""Ångström; more than the longest bond."""
NANOMETRE = 10.0
LONGEST_COUNT = 10
PQR_WORDS = 9
TWO_LETTERS = frozenset(("CL", "BR", "SI", "SE", "FE", "ZN", "MG", "NA", "CA", "MN", "CU", "NI", "CO", "LI", "AL"))
NAME = re.compile(r"[A-Za-z]{1,2}")
ORDERS = {"1": 1, "2": 2, "3": 3}

Place = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Bond:
    """Two atoms by number, and how many lines a drawing of it has."""

    one: int
    other: int
    order: int = 1


@dataclass(slots=True)
class Atoms:
    """The atoms that are drawn; ``total`` counts the others too. ``names`` leads from a file's own numbers to ours."""

    elements: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    total: int = 0

    def add(self, element: str, place: tuple[str, str, str], name: str = "", scale: float = 1.0) -> None:
        """Take an atom over, if it is one."""
        found = NAME.match(element.strip())
        try:
            x, y, z = (float(part) * scale for part in place)
        except ValueError:
            return
        if found is None or not math.hypot(x, y, z) < FARTHEST:
            return
        self.total += 1
        if len(self.elements) < MOST_ATOMS:
            self.names[name or str(self.total)] = len(self.elements)
            self.elements.append(found[0].capitalize())
            self.places.append((x, y, z))

    def bind(self, one: str, other: str, order: str = "1") -> None:
        """Take a bond between two of the file's numbers over, if both are drawn."""
        first, second = self.names.get(one.strip()), self.names.get(other.strip())
        if first is not None and second is not None and first != second:
            self.bonds.append(Bond(min(first, second), max(first, second), ORDERS.get(order.strip(), 1)))


def read_atoms(text: str, format_: str) -> Atoms:
    """The first molecule of a file; bonds that it does not name are found by distance."""
    atoms = READERS[format_](text.splitlines())
    atoms.bonds = list(dict.fromkeys(atoms.bonds)) or list(_near(atoms))
    return atoms


def _near(atoms: Atoms) -> Iterator[Bond]:
    """The pairs of atoms that are near enough to be bound."""
    cells: dict[tuple[int, ...], list[int]] = defaultdict(list)
    steps = list(itertools.product((-1, 0, 1), repeat=3))
    radii = [RADII.get(element.upper(), OTHER_RADIUS) for element in atoms.elements]
    for number, place in enumerate(atoms.places):
        cell = tuple(math.floor(part / CELL) for part in place)
        for step in steps:
            for other in cells.get(tuple(map(sum, zip(cell, step, strict=True))), ()):
                distance = math.dist(place, atoms.places[other])
                if SAME < distance < radii[number] + radii[other] + SLACK:
                    yield Bond(other, number)
        # Thousands in one cell are no molecule, and would take for ever.
        if len(cells[cell]) < MOST_IN_CELL:
            cells[cell].append(number)


def _of_name(name: str) -> str:
    """The element in the name of an atom, as in ``CA`` for the alpha carbon."""
    letters = re.sub(r"[^A-Za-z]", "", name).upper()
    return letters[:2] if letters[:2] in TWO_LETTERS and name[:1] != " " else letters[:1]


def _words(line: str) -> list[str]:
    """The words of a line, with enough empty ones after them; no atom and no bond is made of those."""
    return [*line.split(), *[""] * 10]


def _count(text: str) -> int:
    """A number of lines, which is never long."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < LONGEST_COUNT else 0


def _pdb(lines: list[str]) -> Atoms:
    atoms = Atoms()
    bonds: list[str] = []
    for line in lines:
        if line.startswith("ENDMDL"):
            break
        if line.startswith(("ATOM", "HETATM")):
            element = line[76:78].strip() or _of_name(line[12:16])
            atoms.add(element, (line[30:38], line[38:46], line[46:54]), line[6:11].strip())
    for line in lines:
        bonds += [line] if line.startswith("CONECT") else []
    for line in bonds:
        for start in (11, 16, 21, 26):
            atoms.bind(line[6:11], line[start : start + 5])
    # Files of proteins name only the unusual bonds.
    if atoms.bonds and len(atoms.bonds) < len(atoms.elements) / 2:
        atoms.bonds += _near(atoms)
    return atoms


def _pqr(lines: list[str]) -> Atoms:
    atoms = Atoms()
    for line in lines:
        words = line.split()
        if line.startswith(("ATOM", "HETATM")) and len(words) >= PQR_WORDS:
            atoms.add(_of_name(words[2]), (words[-5], words[-4], words[-3]))
    return atoms


def _xyz(lines: list[str]) -> Atoms:
    atoms = Atoms()
    for line in lines[2 : 2 + _count(lines[0] if lines else "")]:
        words = _words(line)
        atoms.add(words[0], (words[1], words[2], words[3]))
    return atoms


def _mol(lines: list[str]) -> Atoms:
    atoms = Atoms()
    counts = "".join(lines[3:4])
    if "V3000" in counts:
        return _mol_v3000(lines)
    many, bonds = _count(counts[:3]), _count(counts[3:6])
    for line in lines[4 : 4 + many]:
        atoms.add(line[31:34], (line[:10], line[10:20], line[20:30]))
    for line in lines[4 + many : 4 + many + bonds]:
        atoms.bind(line[:3], line[3:6], line[6:9])
    return atoms


def _mol_v3000(lines: list[str]) -> Atoms:
    atoms, part = Atoms(), ""
    for line in lines:
        words = _words(line)[2:]
        if words[0] in ("BEGIN", "END"):
            part = words[1] if words[0] == "BEGIN" else ""
        elif part == "ATOM":
            atoms.add(words[1], (words[2], words[3], words[4]), words[0])
        elif part == "BOND":
            atoms.bind(words[2], words[3], words[1])
        elif line.startswith("$$$$"):
            break
    return atoms


def _mol2(lines: list[str]) -> Atoms:
    atoms, part = Atoms(), ""
    for line in lines:
        words = _words(line)
        if line.startswith("@<TRIPOS>"):
            if line.startswith("@<TRIPOS>MOLECULE") and atoms.total:
                break
            part = line[9:].strip()
        elif part == "ATOM":
            atoms.add(words[5].partition(".")[0], (words[2], words[3], words[4]), words[0])
        elif part == "BOND":
            atoms.bind(words[1], words[2], words[3])
    return atoms


def _gro(lines: list[str]) -> Atoms:
    atoms = Atoms()
    for line in lines[2 : 2 + _count("".join(lines[1:2]))]:
        atoms.add(_of_name(line[10:15].strip()), (line[20:28], line[28:36], line[36:44]), scale=NANOMETRE)
    return atoms


def _cif(lines: list[str]) -> Atoms:
    """Files with places in Ångström, as those of proteins have; not those with places in fractions of a cell."""
    atoms, names = Atoms(), list[str]()
    wanted = ("type_symbol", "Cartn_x", "Cartn_y", "Cartn_z")
    for line in lines:
        word = line.strip()
        if word.startswith("_atom_site."):
            names.append(_words(word.removeprefix("_atom_site."))[0])
        elif names and (not word or word.startswith(("#", "loop_", "_"))):
            break
        elif names and all(name in names for name in wanted):
            words = word.split()
            if len(words) >= len(names):
                element, x, y, z = (words[names.index(name)] for name in wanted)
                atoms.add(element, (x, y, z))
    return atoms


READERS: Mapping[str, Callable[[list[str]], Atoms]] = {
    "pdb": _pdb,
    "pqr": _pqr,
    "xyz": _xyz,
    "mol": _mol,
    "sdf": _mol,
    "sd": _mol,
    "mol2": _mol2,
    "gro": _gro,
    "cif": _cif,
    "mcif": _cif,
    "mmcif": _cif,
}
"""File ending -> how it is read. MMTF, which is binary, is not."""

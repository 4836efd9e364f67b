/** Molecules as balls and sticks. */
import { Color, CylinderGeometry, Group, InstancedMesh, Matrix4, MeshLambertMaterial, Quaternion, SphereGeometry, Vector3 } from "three";
import { element } from "../../elements";
import { elementColour, elementRadius } from "./elements";
import { view } from "./viewer";

export interface Atoms {
  elements: string[];
  kinds: number[];
  places: number[];
  bonds: [number, number, number][];
}

const STICK = 0.11;
/** How far apart the lines of a double or triple bond are. */
const APART = 0.16;
/** With more atoms, each is a coarser ball. */
const MANY = 2000;
const UP = new Vector3(0, 1, 0);

/** Half a stick: where it begins and ends, and whose colour it has. */
interface Half {
  from: Vector3;
  to: Vector3;
  atom: number;
  radius: number;
}

function placeOf({ places }: Atoms, atom: number): Vector3 {
  return new Vector3(places[atom * 3] ?? 0, places[atom * 3 + 1] ?? 0, places[atom * 3 + 2] ?? 0);
}

/** The sticks of a bond, each in two halves. */
function halves(atoms: Atoms, [one, other, order]: [number, number, number]): Half[] {
  const from = placeOf(atoms, one);
  const to = placeOf(atoms, other);
  const along = to.clone().sub(from).normalize();
  const aside = new Vector3(0, 0, 1).cross(along);
  if (aside.lengthSq() < 1e-6) aside.set(1, 0, 0);
  aside.normalize();
  return Array.from({ length: order }, (_, line) => aside.clone().multiplyScalar((line - (order - 1) / 2) * APART)).flatMap((shift) => {
    const [start, end] = [from.clone().add(shift), to.clone().add(shift)];
    const middle = start.clone().lerp(end, 0.5);
    const radius = order > 1 ? STICK / 2 : STICK;
    return [
      { from: start, to: middle, atom: one, radius },
      { from: middle, to: end, atom: other, radius },
    ];
  });
}

function balls(atoms: Atoms, colour: (atom: number) => Color): InstancedMesh {
  const [across, around] = atoms.kinds.length > MANY ? [12, 8] : [28, 20];
  const made = new InstancedMesh(new SphereGeometry(1, across, around), new MeshLambertMaterial(), atoms.kinds.length);
  const matrix = new Matrix4();
  atoms.kinds.forEach((kind, atom) => {
    const radius = elementRadius(atoms.elements[kind] ?? "");
    made.setMatrixAt(atom, matrix.makeScale(radius, radius, radius).setPosition(placeOf(atoms, atom)));
    made.setColorAt(atom, colour(atom));
  });
  return made;
}

function sticks(atoms: Atoms, colour: (atom: number) => Color): InstancedMesh {
  const all = atoms.bonds.flatMap((bond) => halves(atoms, bond));
  const made = new InstancedMesh(new CylinderGeometry(1, 1, 1, 10, 1, true), new MeshLambertMaterial(), all.length);
  const turn = new Quaternion();
  all.forEach(({ from, to, atom, radius }, index) => {
    const along = to.clone().sub(from);
    turn.setFromUnitVectors(UP, along.clone().normalize());
    made.setMatrixAt(index, new Matrix4().compose(from.clone().lerp(to, 0.5), turn, new Vector3(radius, along.length(), radius)));
    made.setColorAt(index, colour(atom));
  });
  return made;
}

function legend({ elements, kinds }: Atoms): HTMLElement {
  const counts = elements.map((_, kind) => kinds.filter((each) => each === kind).length);
  const entries = elements.map((name, kind) => {
    const swatch = element("span", { class: "overlay-swatch", "aria-hidden": "true" });
    swatch.style.background = elementColour(name);
    return element("span", { class: "atom" }, swatch, `${name} ${counts[kind]}`);
  });
  return element("p", { class: "atoms" }, ...entries);
}

/** Draws a molecule in a host. Returns how to remove it. */
export async function molecule(host: HTMLElement, atoms: Atoms): Promise<() => void> {
  const colours = atoms.elements.map((name) => new Color(elementColour(name)));
  const colour = (atom: number) => colours[atoms.kinds[atom] ?? 0] ?? new Color();
  const remove = await view(host, async () => ({ object: new Group().add(balls(atoms, colour), sticks(atoms, colour)), up: "z" }));
  host.append(legend(atoms));
  return remove;
}

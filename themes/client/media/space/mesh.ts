/** Meshes from files of glTF, OBJ and STL. */
import { BufferGeometry, DoubleSide, type Material, Mesh, MeshLambertMaterial, MeshStandardMaterial, type Object3D, Points, PointsMaterial, TextureLoader } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { OBJLoader } from "three/examples/jsm/loaders/OBJLoader.js";
import { STLLoader } from "three/examples/jsm/loaders/STLLoader.js";
import { theme } from "../../theme";
import type { MeshPayload } from "../../types";
import { bytesOf, withoutAddresses } from "./gltf";
import { view } from "./viewer";

function plain(): MeshLambertMaterial {
  return new MeshLambertMaterial({ color: theme().runs[0] ?? "#4477aa", side: DoubleSide });
}

async function gltf(file: Uint8Array): Promise<Object3D> {
  const loader = new GLTFLoader();
  // The loader's own way of reading pictures is a fetch, which the policy forbids; an element reads them as well.
  loader.register((parser) => {
    Object.assign(parser, { textureLoader: new TextureLoader(parser.options.manager) });
    return { name: "pictures-by-element" };
  });
  const { scene } = await loader.parseAsync(withoutAddresses(file), "");
  scene.traverse((part) => {
    if (part instanceof Mesh && part.material instanceof MeshStandardMaterial) part.material = matt(part.material);
  });
  return scene;
}

/** Metal shows what is around it; here nothing is, and it would be black. */
function matt(material: MeshStandardMaterial): Material {
  const { color, map, transparent, opacity, alphaTest, side, vertexColors, emissive, emissiveMap } = material;
  return new MeshLambertMaterial({ color, map, transparent, opacity, alphaTest, side, vertexColors, emissive, emissiveMap });
}

function obj(file: Uint8Array): Object3D {
  const object = new OBJLoader().parse(new TextDecoder().decode(file));
  object.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const geometry = part.geometry as BufferGeometry;
    if (!geometry.getAttribute("normal")) geometry.computeVertexNormals();
    const material = plain();
    material.vertexColors = Boolean(geometry.getAttribute("color"));
    if (material.vertexColors) material.color.set("#ffffff");
    part.material = material;
  });
  return object;
}

function stl(file: Uint8Array<ArrayBuffer>): Object3D {
  const geometry = new STLLoader().parse(file.buffer);
  geometry.computeVertexNormals();
  return new Mesh(geometry, plain());
}

/** How many corners there are to draw. */
function corners(object: Object3D): number {
  let count = 0;
  object.traverse((part) => {
    if (part instanceof Mesh || part instanceof Points) count += (part.geometry as BufferGeometry).getAttribute("position")?.count ?? 0;
    if (part instanceof Points) part.material = new PointsMaterial({ color: theme().text, size: 3, sizeAttenuation: false });
  });
  return count;
}

/** Draws a mesh in a host. Returns how to remove it. */
export function mesh(host: HTMLElement, { format, file }: MeshPayload): Promise<() => void> {
  return view(host, async () => {
    const bytes = bytesOf(file);
    const object = format === "obj" ? obj(bytes) : format === "stl" ? stl(bytes) : await gltf(bytes);
    if (!corners(object)) throw new Error("This file has no surface to draw.");
    return { object, up: format === "stl" ? "z" : "y" };
  });
}

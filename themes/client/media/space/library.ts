/** space.js: meshes and molecules by three.js, as WebGL draws them. Copied only into sites that have some. */
import { mesh } from "./mesh";
import { molecule } from "./molecule";

const library = { mesh, molecule };

/** What space.js gives to the other bundles. */
export type SpaceLibrary = typeof library;

if (window.reportgen) window.reportgen.space = library;

/** The colours by which chemists know the elements, and the sizes of their balls in Ångström. */

const COLOURS: Record<string, string> = {
  H: "#e8e8e8", B: "#ffb5b5", C: "#6b6b6b", N: "#3050f8", O: "#ff2d2d", F: "#7bd44a", Na: "#ab5cf2", Mg: "#5fc400", Al: "#bfa6a6",
  Si: "#d9b48f", P: "#ff8000", S: "#e6c820", Cl: "#1fd01f", K: "#8f40d4", Ca: "#3dbf00", Mn: "#9c7ac7", Fe: "#e06633", Co: "#f090a0",
  Ni: "#50d050", Cu: "#c88033", Zn: "#7d80b0", Se: "#ffa100", Br: "#a62929", I: "#940094",
};
const OTHER = "#ff1493";
const RADII: Record<string, number> = { H: 0.22, C: 0.34, N: 0.33, O: 0.32, F: 0.3, P: 0.42, S: 0.42, Cl: 0.4, Br: 0.44, I: 0.5 };
const OTHER_RADIUS = 0.45;

export function elementColour(name: string): string {
  return Object.prototype.hasOwnProperty.call(COLOURS, name) ? (COLOURS[name] as string) : OTHER;
}

export function elementRadius(name: string): number {
  return Object.prototype.hasOwnProperty.call(RADII, name) ? (RADII[name] as number) : OTHER_RADIUS;
}

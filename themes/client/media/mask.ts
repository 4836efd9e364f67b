/**
 * Masks are grey pictures whose values are class numbers. A canvas may not read pictures of a site that is opened from its
 * files, so their colours come from an SVG filter, which works everywhere: one table turns each number into a colour, another
 * into how much of it is seen.
 */
import type { ClassNames } from "../types";

export const CLASSES = 256;
const OPACITY = 0.55;

export interface MaskTables {
  red: number[];
  green: number[];
  blue: number[];
  alpha: number[];
}

/** A colour of the style sheet, `#rrggbb`, as shares of one. */
export function channels(colour: string): [number, number, number] {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  const [red, green, blue] = parts ? parts.slice(1).map((part) => parseInt(part, 16) / 255) : [0.5, 0.5, 0.5];
  return [red ?? 0.5, green ?? 0.5, blue ?? 0.5];
}

/** For each of 256 class numbers its colour and opacity. Number 0 without a name is the background. */
export function maskTables(classes: ClassNames, isShown: (id: number) => boolean, palette: readonly string[]): MaskTables {
  const tables: MaskTables = { red: [], green: [], blue: [], alpha: [] };
  const named = new Set(classes.map(([id]) => id));
  const colours = palette.map(channels);
  for (let id = 0; id < CLASSES; id += 1) {
    const [red, green, blue] = colours[id % colours.length] ?? [0.5, 0.5, 0.5];
    tables.red.push(red);
    tables.green.push(green);
    tables.blue.push(blue);
    tables.alpha.push((id > 0 || named.has(id)) && isShown(id) ? OPACITY : 0);
  }
  return tables;
}

const NAMESPACE = "http://www.w3.org/2000/svg";

function svg(name: string, attributes: Record<string, string>, ...children: Node[]): Element {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function transfer(part: string, table: readonly number[]): Element {
  return svg(`feFunc${part}`, { type: "discrete", tableValues: table.map((value) => value.toFixed(4)).join(" ") });
}

/** The steps of the filter: colours by number, and cut out of them what is seen. */
export function filterSteps({ red, green, blue, alpha }: MaskTables): Element[] {
  const numbers = "0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  1 0 0 0 0";
  return [
    svg("feComponentTransfer", { in: "SourceGraphic", result: "colours" }, transfer("R", red), transfer("G", green), transfer("B", blue)),
    svg("feColorMatrix", { in: "SourceGraphic", type: "matrix", values: numbers, result: "numbers" }),
    svg("feComponentTransfer", { in: "numbers", result: "seen" }, transfer("A", alpha)),
    svg("feComposite", { in: "colours", in2: "seen", operator: "in" }),
  ];
}

/** An empty filter under an id, over exactly the picture. */
export function filterElement(id: string): Element {
  const place = { id, x: "0", y: "0", width: "100%", height: "100%", "color-interpolation-filters": "sRGB" };
  return svg("filter", place);
}

/** Where the filters of a shelf are kept: nothing of it is seen. */
export function filterHome(): Element {
  return svg("svg", { width: "0", height: "0", "aria-hidden": "true", class: "mask-filters" });
}

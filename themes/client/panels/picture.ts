/** A panel as a picture that stands alone: its title, its plot as vectors, a legend; as SVG, and from that as a sharp PNG. */
import type { Theme } from "../theme";

export interface LegendEntry {
  name: string;
  /** a colour, not its place in the palette */
  colour: string;
  dash: readonly number[];
}

export interface Picture {
  title: string;
  /** the plot alone: the text of an SVG */
  plot: string;
  legend: readonly LegendEntry[];
}

const SVG = "http://www.w3.org/2000/svg";
const [EDGE, TITLE_HEIGHT, ROW_HEIGHT, SWATCH, GAP] = [12, 24, 18, 22, 18];
const [TITLE_SIZE, LEGEND_SIZE] = [14, 11];
/** More names nobody tells apart by colour. */
const MOST_NAMES = 60;
const LONGEST_NAME = 60;
/** Pixels for each one of the page: sharp in print. */
const SCALE = 3;

type Attributes = Readonly<Record<string, string | number>>;

function shape(parent: Element, name: string, attributes: Attributes, text = ""): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME).join("")}…` : name;
}

function textWidth(font: string): (text: string) => number {
  const context = document.createElement("canvas").getContext("2d");
  if (context) context.font = `${LEGEND_SIZE}px ${font}`;
  return (text) => context?.measureText(text).width ?? text.length * 6;
}

/** Puts the names into rows, as many columns as there is room for. Returns the height. */
function drawLegend(root: Element, legend: readonly LegendEntry[], theme: Theme, top: number, width: number): number {
  const shown = legend.slice(0, MOST_NAMES);
  const rest = legend.length - shown.length;
  const names = [...shown.map(({ name }) => shortened(name)), ...(rest ? [`and ${rest} more`] : [])];
  if (!names.length) return 0;
  const measure = textWidth(theme.font);
  const column = Math.max(...names.map(measure)) + SWATCH + GAP;
  const columns = Math.max(1, Math.floor((width - 2 * EDGE + GAP) / column));
  names.forEach((name, index) => {
    const x = EDGE + (index % columns) * column;
    const y = top + Math.floor(index / columns) * ROW_HEIGHT + ROW_HEIGHT / 2;
    const entry = shown[index];
    if (entry) {
      const dash = entry.dash.length ? { "stroke-dasharray": entry.dash.join(" ") } : {};
      shape(root, "line", { x1: x, x2: x + SWATCH - 6, y1: y, y2: y, stroke: entry.colour, "stroke-width": 2, ...dash });
    }
    shape(root, "text", { x: x + SWATCH, y: y + 4, "font-size": LEGEND_SIZE, fill: theme.muted }, name);
  });
  return Math.ceil(names.length / columns) * ROW_HEIGHT + EDGE;
}

/** What XML has no way to write. */
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** The whole picture as the text of an SVG. */
export function pictureSvg({ title, plot, legend }: Picture, theme: Theme): string {
  const inner = new DOMParser().parseFromString(plot, "image/svg+xml").documentElement;
  const [width, height] = ["width", "height"].map((side) => parseFloat(inner.getAttribute(side) ?? "")) as [number, number];
  const root = document.createElementNS(SVG, "svg");
  const whole = width + 2 * EDGE;
  shape(root, "rect", { width: "100%", height: "100%", fill: theme.page });
  shape(root, "text", { x: EDGE, y: EDGE + TITLE_SIZE, "font-size": TITLE_SIZE, "font-weight": 600, fill: theme.text }, title);
  const top = EDGE + TITLE_HEIGHT;
  inner.setAttribute("x", String(EDGE));
  inner.setAttribute("y", String(top));
  root.append(document.importNode(inner, true));
  const total = top + height + drawLegend(root, legend, theme, top + height + 8, whole) + EDGE;
  for (const [name, value] of Object.entries({ width: whole, height: total, viewBox: `0 0 ${whole} ${total}`, "font-family": theme.font })) root.setAttribute(name, String(value));
  return new XMLSerializer().serializeToString(root).replace(UNPRINTABLE, "");
}

/** An SVG as a PNG file. */
export async function pngOfSvg(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture could not be made"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A drawing as plain marks: one list for the canvas and for a picture to take away. */
import type { Theme } from "../../theme";

export interface LineMark {
  mark: "line";
  /** x, y, x, y, …; a line is broken where one of them is no number */
  points: readonly number[];
  colour: string;
  width?: number;
  dash?: readonly number[];
  opacity?: number;
}
export interface DotMark {
  mark: "dot";
  x: number;
  y: number;
  r: number;
  colour: string;
  opacity?: number;
}
export interface BoxMark {
  mark: "box";
  x: number;
  y: number;
  width: number;
  height: number;
  colour: string;
  opacity?: number;
}
export interface TextMark {
  mark: "text";
  x: number;
  y: number;
  text: string;
  colour: string;
  anchor?: "start" | "middle" | "end";
  size?: number;
  weight?: number;
  /** reads upwards */
  turned?: boolean;
}
export type Mark = LineMark | DotMark | BoxMark | TextMark;

export interface Size {
  width: number;
  height: number;
}

export const TEXT_SIZE = 11;

function drawLine(context: CanvasRenderingContext2D, { points, colour, width = 1, dash = [] }: LineMark): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash as number[]);
  context.beginPath();
  let pen = false;
  for (let index = 0; index + 1 < points.length; index += 2) {
    const [x, y] = [points[index] as number, points[index + 1] as number];
    if (!Number.isFinite(x + y)) pen = false;
    else {
      if (pen) context.lineTo(x, y);
      else context.moveTo(x, y);
      pen = true;
    }
  }
  context.stroke();
}

function drawText(context: CanvasRenderingContext2D, mark: TextMark, font: string): void {
  context.save();
  context.font = `${mark.weight ?? 400} ${mark.size ?? TEXT_SIZE}px ${font}`;
  context.fillStyle = mark.colour;
  context.textAlign = mark.anchor === "middle" ? "center" : (mark.anchor ?? "start");
  context.textBaseline = "middle";
  context.translate(mark.x, mark.y);
  if (mark.turned) context.rotate(-Math.PI / 2);
  context.fillText(mark.text, 0, 0);
  context.restore();
}

/** Draws marks, later ones over earlier ones. */
export function paint(context: CanvasRenderingContext2D, marks: readonly Mark[], { font }: Pick<Theme, "font">): void {
  for (const mark of marks) {
    context.globalAlpha = "opacity" in mark ? (mark.opacity ?? 1) : 1;
    if (mark.mark === "line") drawLine(context, mark);
    else if (mark.mark === "text") drawText(context, mark, font);
    else {
      context.fillStyle = mark.colour;
      if (mark.mark === "box") context.fillRect(mark.x, mark.y, mark.width, mark.height);
      else {
        context.beginPath();
        context.arc(mark.x, mark.y, mark.r, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }
  context.globalAlpha = 1;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escaped(text: string): string {
  // Characters that no XML may hold, whoever logged them.
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? "");
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function tag(name: string, attributes: Readonly<Record<string, string | number | undefined>>, content = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === "number" ? short(value) : value)}"`],
  );
  return `<${name}${written.join("")}${content ? `>${content}</${name}>` : "/>"}`;
}

function pathOf(points: readonly number[]): string {
  const parts: string[] = [];
  let pen = false;
  for (let index = 0; index + 1 < points.length; index += 2) {
    const [x, y] = [points[index] as number, points[index + 1] as number];
    const isPlace = Number.isFinite(x + y);
    if (isPlace) parts.push(`${pen ? "L" : "M"}${short(x)},${short(y)}`);
    pen = isPlace;
  }
  return parts.join("");
}

function markTag(mark: Mark): string {
  if (mark.mark === "line") {
    const { colour, width = 1, dash, opacity } = mark;
    const pattern = dash?.length ? dash.join(" ") : undefined;
    return tag("path", { d: pathOf(mark.points), fill: "none", stroke: colour, "stroke-width": width, "stroke-dasharray": pattern, opacity });
  }
  if (mark.mark === "dot") return tag("circle", { cx: mark.x, cy: mark.y, r: mark.r, fill: mark.colour, opacity: mark.opacity });
  if (mark.mark === "box") {
    const { x, y, width, height, colour, opacity } = mark;
    return tag("rect", { x, y, width, height, fill: colour, opacity });
  }
  const { x, y, text, colour, anchor, size = TEXT_SIZE, weight, turned } = mark;
  const transform = turned ? `rotate(-90 ${short(x)} ${short(y)})` : undefined;
  const attributes = { x, y, fill: colour, "font-size": size, "font-weight": weight, "text-anchor": anchor, "dominant-baseline": "central", transform };
  return tag("text", attributes, escaped(text));
}

/** The same marks as the text of an SVG file, on the colour of the page. */
export function svgOf(marks: readonly Mark[], { width, height }: Size, { font, page }: Pick<Theme, "font" | "page">, title: string): string {
  const ground = tag("rect", { width, height, fill: page });
  const content = [tag("title", {}, escaped(title) || " "), ground, ...marks.map(markTag)].join("\n");
  return tag("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${short(width)} ${short(height)}`, "font-family": font }, `\n${content}\n`);
}

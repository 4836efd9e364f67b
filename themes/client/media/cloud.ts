/** Points, boxes and vectors in space, drawn into a canvas that is turned by dragging or by the arrow keys. */
import { button, element } from "../elements";
import { theme } from "../theme";
import type { CloudPayload } from "../types";
import { channels } from "./mask";
import { moves } from "./moves";
import { type Extent, FIRST_LOOK, type Look, type Seen, extentOf, seer, zoomed } from "./turn";
import { redrawn } from "./redrawn";

const HEIGHT = 320;
const KEY_ZOOM = 1.25;
const CATEGORY = 4;
const COLORED = 6;
/** Colours of the palette from low to high points: bluish, greenish, yellowish, in both schemes. */
const RAMP = [0, 2, 4];
const MARGIN = 0.92;
const EDGES = [[0, 1], [0, 2], [0, 4], [1, 3], [1, 5], [2, 3], [2, 6], [3, 7], [4, 5], [4, 6], [5, 7], [6, 7]] as const;
const HELP = "Drag or use the arrow keys to turn, plus and minus to zoom, 0 to look from the start again.";

function hex(rgb: readonly number[], otherwise: string): string {
  return rgb.length === 3 ? `rgb(${rgb.map((part) => Math.round(Math.max(0, Math.min(255, part)))).join(" ")})` : otherwise;
}

/** The colour at a share of the way through a ramp. */
function between(ramp: readonly (readonly number[])[], share: number): number[] {
  const place = Math.max(0, Math.min(1, share)) * (ramp.length - 1);
  const from = ramp[Math.floor(place)] ?? [];
  const to = ramp[Math.ceil(place)] ?? from;
  return from.map((part, channel) => part + ((to[channel] ?? part) - part) * (place % 1));
}

/** The colour of each point as bytes: its own, its category's, or by height. */
export function pointColours(points: readonly number[][], extent: Extent, palette: readonly string[]): Uint8ClampedArray {
  const out = new Uint8ClampedArray(points.length * 3);
  const colours = palette.map((colour) => channels(colour).map((part) => part * 255));
  const ramp = RAMP.map((place) => colours[place] ?? [128, 128, 128]);
  points.forEach((point, index) => {
    let colour: readonly number[];
    if (point.length === COLORED) colour = point.slice(3);
    else if (point.length === CATEGORY) colour = colours[Math.abs(Math.round((point[3] ?? 1) - 1)) % colours.length] ?? [];
    else {
      colour = between(ramp, ((point[2] ?? 0) - extent.low) / (extent.high - extent.low || 1));
    }
    out.set(colour.slice(0, 3), index * 3);
  });
  return out;
}

/** The points into the pixels, the nearer ones over the others. */
function dots(image: ImageData, points: readonly number[][], colours: Uint8ClampedArray, see: Seen, size: number): void {
  const { width, height, data } = image;
  const depth = new Float32Array(width * height).fill(Infinity);
  const seen = new Float64Array(3);
  const scale = (Math.min(width, height) / 2) * MARGIN;
  points.forEach((point, index) => {
    see(point[0] ?? 0, point[1] ?? 0, point[2] ?? 0, seen);
    const left = Math.round(width / 2 + (seen[0] as number) * scale);
    const top = Math.round(height / 2 + (seen[1] as number) * scale);
    for (let y = Math.max(0, top); y < Math.min(height, top + size); y += 1) {
      for (let x = Math.max(0, left); x < Math.min(width, left + size); x += 1) {
        const place = y * width + x;
        if ((seen[2] as number) >= (depth[place] as number)) continue;
        depth[place] = seen[2] as number;
        data.set(colours.subarray(index * 3, index * 3 + 3), place * 4);
        data[place * 4 + 3] = 255;
      }
    }
  });
}

/** Boxes and vectors, with their names. */
function strokes(context: CanvasRenderingContext2D, payload: CloudPayload, see: Seen, ratio: number): void {
  const { width, height } = context.canvas;
  const { runs, text, font } = theme();
  const scale = (Math.min(width, height) / 2) * MARGIN;
  const seen = new Float64Array(3);
  const spot = (point: readonly number[]): [number, number] => {
    see(point[0] ?? 0, point[1] ?? 0, point[2] ?? 0, seen);
    return [width / 2 + (seen[0] as number) * scale, height / 2 + (seen[1] as number) * scale];
  };
  const line = (from: readonly number[], to: readonly number[]) => {
    context.moveTo(...spot(from));
    context.lineTo(...spot(to));
  };
  context.lineWidth = 1.5 * ratio;
  context.font = `${11 * ratio}px ${font}`;
  for (const { corners, color, label } of payload.boxes) {
    context.strokeStyle = hex(color, runs[1] ?? text);
    context.beginPath();
    for (const [from, to] of EDGES) line(corners[from] ?? [], corners[to] ?? []);
    context.stroke();
    context.fillStyle = text;
    if (label) context.fillText(label, ...spot(corners[7] ?? []));
  }
  for (const { start, end, color } of payload.vectors) {
    context.strokeStyle = context.fillStyle = hex(color, runs[2] ?? text);
    context.beginPath();
    line(start, end);
    context.stroke();
    context.beginPath();
    context.arc(...spot(end), 3 * ratio, 0, 2 * Math.PI);
    context.fill();
  }
}

/** Draws a scene in a host. Returns how to remove it. */
export function cloud(host: HTMLElement, payload: CloudPayload): () => void {
  const words = [...host.childNodes];
  const canvas = element("canvas", { tabindex: 0, role: "img", "aria-label": `${host.dataset["label"] ?? ""}. ${HELP}`, title: HELP });
  const zoom = (factor: number) => change((look) => zoomed(look, factor));
  const controls = element("div", { class: "cloud-controls" }, button("+", "+", () => zoom(KEY_ZOOM)), button("−", "−", () => zoom(1 / KEY_ZOOM)));
  for (const [index, name] of ["Nearer", "Farther"].entries()) controls.children[index]?.setAttribute("aria-label", name);
  host.replaceChildren(canvas, controls);
  const ends = [payload.points, ...payload.boxes.map(({ corners }) => corners), payload.vectors.flatMap(({ start, end }) => [start, end])];
  const extent = extentOf(ends.flat());
  let look = FIRST_LOOK;

  function draw(): void {
    const ratio = devicePixelRatio || 1;
    canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
    canvas.height = Math.round(HEIGHT * ratio);
    const context = canvas.getContext("2d");
    if (!context) return;
    const see = seer(extent, look);
    const image = context.createImageData(canvas.width, canvas.height);
    dots(image, payload.points, pointColours(payload.points, extent, theme().runs), see, Math.max(2, Math.round(2 * ratio)));
    context.putImageData(image, 0, 0);
    strokes(context, payload, see, ratio);
  }
  const { again, stop } = redrawn(canvas, draw);
  function change(make: (look: Look) => Look): void {
    look = make(look);
    again();
  }

  moves(canvas, change);
  return () => {
    stop();
    host.replaceChildren(...words);
  };
}

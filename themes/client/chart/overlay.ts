/** The canvas above a plot: crosshair, points, the lit run, the range being selected. Never touches Vega's dataflow. */
import { type Theme, theme } from "../theme";
import { type Plane, pixelY, toPixelX, trace } from "./plane";
import type { Area, DrawnLine } from "./plot";

export interface OverlayState {
  plane: Plane;
  area: Area;
  lines: readonly DrawnLine[];
  /** [line, index of its entry] under the crosshair */
  points: readonly (readonly [DrawnLine, number])[];
  /** x of the crosshair; NaN for none */
  x: number;
  /** a line drawn stronger */
  near: DrawnLine | null;
  /** a run whose lines are lit */
  lit: number | null;
  /** pixels from the left of the area */
  selection: readonly [number, number] | null;
}

const DOT = 3;
const MOST_DOTS = 30;
const VEIL = 0.72;
const STRONG = 2.5;

/** Makes the canvas as sharp as the screen and sets CSS pixels as its unit. */
function prepare(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext("2d");
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, canvas.clientWidth, canvas.clientHeight);
  return context;
}

/** Whether a line is one of a run, or of a group that it belongs to. */
function isOf(line: DrawnLine, run: number | null): boolean {
  return run !== null && (line.group ? line.group.runs.has(run) : line.run === run);
}

function strokeLine(context: CanvasRenderingContext2D, line: DrawnLine, plane: Plane, colours: Theme): void {
  context.beginPath();
  trace(context, line.shape, plane);
  context.strokeStyle = colours.runs[line.colour % colours.runs.length] ?? colours.text;
  context.setLineDash([...line.dash]);
  context.lineWidth = STRONG;
  context.lineJoin = "round";
  context.stroke();
  context.setLineDash([]);
}

function drawLines(context: CanvasRenderingContext2D, state: OverlayState, colours: Theme): void {
  const { plane } = state;
  const chosen = state.lines.filter((line) => isOf(line, state.lit));
  if (chosen.length) {
    // A veil over the plot dims every other line without drawing any of them again.
    context.globalAlpha = VEIL;
    context.fillStyle = colours.page;
    context.fillRect(0, 0, plane.width, plane.height);
    context.globalAlpha = 1;
  }
  for (const line of chosen) strokeLine(context, line, plane, colours);
  if (state.near && !chosen.length) strokeLine(context, state.near, plane, colours);
}

function drawCrosshair(context: CanvasRenderingContext2D, state: OverlayState, colours: Theme): void {
  if (Number.isNaN(state.x)) return;
  const x = toPixelX(state.plane, state.x);
  if (x < -0.5 || x > state.plane.width + 0.5) return;
  context.strokeStyle = colours.faint;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, 0);
  context.lineTo(Math.round(x) + 0.5, state.plane.height);
  context.stroke();
  const toY = pixelY(state.plane);
  context.strokeStyle = colours.page;
  const marked = state.lit === null ? state.points : state.points.filter(([line]) => isOf(line, state.lit));
  for (const [line, index] of marked.slice(0, MOST_DOTS)) {
    const y = toY(line.shape.last[index] as number);
    if (Number.isNaN(y)) continue;
    context.beginPath();
    context.arc(toPixelX(state.plane, line.shape.x[index] as number), y, line === state.near ? DOT + 1 : DOT, 0, 7);
    context.fillStyle = colours.runs[line.colour % colours.runs.length] ?? colours.text;
    context.fill();
    context.stroke();
  }
}

function drawSelection(context: CanvasRenderingContext2D, state: OverlayState, colours: Theme): void {
  if (!state.selection) return;
  const [from, to] = state.selection;
  context.fillStyle = colours.accent;
  context.globalAlpha = 0.14;
  context.fillRect(Math.min(from, to), 0, Math.abs(to - from), state.plane.height);
  context.globalAlpha = 1;
  context.strokeStyle = colours.accent;
  context.lineWidth = 1;
  context.strokeRect(Math.min(from, to) + 0.5, 0.5, Math.abs(to - from), state.plane.height - 1);
}

/** Draws the overlay; with null it is cleared. */
export function drawOverlay(canvas: HTMLCanvasElement, state: OverlayState | null): void {
  const context = prepare(canvas);
  if (!context || !state) return;
  const colours = theme();
  context.save();
  context.translate(state.area.left, state.area.top);
  context.beginPath();
  context.rect(0, -DOT - 1, state.area.width, state.area.height + 2 * DOT + 2);
  context.clip();
  drawLines(context, state, colours);
  drawCrosshair(context, state, colours);
  drawSelection(context, state, colours);
  context.restore();
}

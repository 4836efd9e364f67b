/** The line under a plot: how much one pixel stands for, and what has no place in the picture. */
import { badValues, curveAlong } from "../chart/curve";
import { countNonPositive, extentY } from "../chart/domain";
import { lowerBound, upperBound } from "../chart/plane";
import type { Scene } from "../chart/plot";
import { formatDuration, formatNumber, formatStepShort } from "../format";
import type { PanelLine } from "./line_data";

/** The most entries of a line that share a pixel, and the most raw points behind one entry. */
function reduction(scene: Scene, width: number): { perPixel: number; bucket: number } {
  let perPixel = 0;
  let bucket = 1;
  for (const { entries } of scene.lines) {
    const count = upperBound(entries.x, scene.x[1]) - lowerBound(entries.x, scene.x[0]);
    perPixel = Math.max(perPixel, count / width);
    if (count > 0) bucket = Math.max(bucket, entries.bucket);
  }
  return { perPixel, bucket };
}

function span(scene: Scene, width: number): string {
  const size = (scene.x[1] - scene.x[0]) / width;
  if (scene.axis === "wall") return formatDuration(size / 1000);
  if (scene.axis === "relative") return formatDuration(size);
  if (scene.axis === "own") return `${formatNumber(size, 2)} ${scene.xName}`;
  return size >= 1e4 ? `${formatStepShort(Number(size.toPrecision(2)))} steps` : `${formatNumber(size, 2)} steps`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** How many points of some lines have no place on the x axis. */
function unplaced(scene: Scene, shown: readonly PanelLine[]): number {
  return shown.reduce((sum, { curve }) => sum + curve.rows - (curveAlong(curve, scene.axis)?.rows ?? 0), 0);
}

/** What a plot of so many pixels shows of its lines. */
export function noteText(scene: Scene, width: number, shown: readonly PanelLine[], loading: boolean): string {
  const { perPixel, bucket } = reduction(scene, width);
  const parts: string[] = [];
  if (scene.lines.length === 0) return "every run is hidden";
  const isEmpty = scene.lines.every(({ entries }) => entries.x.length === 0);
  if (isEmpty) parts.push("no points");
  else if (bucket > 1 || perPixel > 1) parts.push(`1 px ≈ ${span(scene, width)}, min–max shown`);
  else parts.push("raw points");
  if (loading) parts.push("loading more");
  const gone = scene.log ? countNonPositive(scene.lines.map(({ entries }) => entries), scene.x) : 0;
  if (gone) parts.push(`${gone} not above 0, left out`);
  const lost = unplaced(scene, shown);
  if (lost) parts.push(`${lost} without ${scene.xName}, left out`);
  const bad = shown.reduce((sum, { curve }) => sum + badValues(curveAlong(curve, scene.axis) ?? curve), 0);
  if (bad) parts.push(`${bad} NaN or infinite`);
  return parts.join(" · ");
}

/** The plot in a sentence. */
export function summaryText(title: string, scene: Scene, xWords: (x: number) => string): string {
  if (scene.lines.length === 0) return `${title}: every run is hidden.`;
  const drawn = scene.lines.filter(({ entries }) => entries.x.length > 0);
  if (drawn.length === 0) return `${title}: no point has a place on this axis.`;
  const extent = extentY(scene.lines.map(({ entries }) => entries), scene.x, false);
  const ends = scene.x.map((x) => xWords(scene.axis === "step" ? Math.round(x) : x));
  const lines = plural(drawn.length, "line", "lines");
  const values = extent ? `, values from ${formatNumber(extent[0])} to ${formatNumber(extent[1])}` : "";
  return `${title}: ${lines}, ${ends.join(" to ")}${values}.`;
}

/** The line under a plot: how much one pixel stands for, and what has no place in the picture. */
import { badValues, curveAlong } from "../chart/curve";
import { countNonPositive, extentY } from "../chart/domain";
import { pointsWithin } from "../chart/levels";
import { lowerBound, upperBound } from "../chart/plane";
import type { Scene } from "../chart/plot";
import { formatDuration, formatNumber, formatStep } from "../format";
import type { PanelLine } from "./line_data";

/** Of the line with the most points in view: how many raw ones a pixel stands for, and whether all that is drawn is raw. */
function reduction(scene: Scene, shown: readonly PanelLine[], width: number): { perPixel: number; isRaw: boolean } {
  let points = 0;
  let isRaw = true;
  scene.lines.forEach(({ entries }, place) => {
    const inView = upperBound(entries.x, scene.x[1]) - lowerBound(entries.x, scene.x[0]);
    if (inView > 0 && entries.bucket > 1) isRaw = false;
    points = Math.max(points, pointsWithin(entries, scene.x, shown[place]?.curve.rows ?? inView));
  });
  return { perPixel: points / width, isRaw };
}

function span(scene: Scene, width: number): string {
  const [low, high] = scene.x;
  if (scene.logX) return `${formatNumber(((high / low) ** (1 / width) - 1) * 100, 2)} % of x`;
  const size = (high - low) / width;
  if (scene.axis === "wall") return formatDuration(size / 1000);
  if (scene.axis === "relative") return formatDuration(size);
  if (scene.axis === "own") return `${formatNumber(size, 2)} ${scene.xName}`;
  return `${formatStep(size < 10 ? Number(size.toPrecision(2)) : Math.round(size))} steps`;
}

/** What a pixel stands for: a span of x, and how many points if that is not said by the number of steps. */
function pixelText(scene: Scene, perPixel: number, width: number): string {
  const steps = (scene.x[1] - scene.x[0]) / width;
  const isSaid = scene.logX || (scene.axis === "step" && Math.abs(perPixel - steps) < 0.1 * steps);
  const points = Math.round(perPixel);
  return `1 px ≈ ${span(scene, width)}${isSaid || points < 2 ? "" : ` (${formatStep(points)} points)`}`;
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
  const { perPixel, isRaw } = reduction(scene, shown, width);
  const parts: string[] = [];
  if (scene.lines.length === 0) return "every run is hidden";
  const isEmpty = scene.lines.every(({ entries }) => entries.x.length === 0);
  if (isEmpty) parts.push("no points");
  else if (!isRaw || perPixel > 1) parts.push(`${pixelText(scene, perPixel, width)}, min–max shown`);
  else parts.push("raw points");
  if (loading) parts.push("loading more");
  return [...parts, ...leftOut(scene, shown)].join(" · ");
}

/** What has no place in the picture. */
export function leftOut(scene: Scene, shown: readonly PanelLine[]): string[] {
  const parts: string[] = [];
  // The band of a group may well reach below 0 where none of its runs does.
  const shapes = scene.lines.map((line) => (line.group ? line.shape : line.entries));
  const gone = scene.log ? countNonPositive(shapes, scene.x) : 0;
  if (gone) parts.push(`${gone} not above 0, left out`);
  const early = scene.lines.reduce((sum, { entries }) => sum + entries.left, 0);
  if (early) parts.push(`${formatStep(early)} at x ≤ 0, left out`);
  const lost = unplaced(scene, shown);
  if (lost) parts.push(`${lost} without ${scene.xName}, left out`);
  const bad = shown.reduce((sum, { curve }) => sum + badValues(curveAlong(curve, scene.axis) ?? curve), 0);
  if (bad) parts.push(`${bad} NaN or infinite`);
  return parts;
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

/** The line under a plot: how much one pixel stands for, and what has no place in the picture. */
import { type Along, type Axis, type Entries, badValues, curveAlong } from "../chart/curve";
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
    if (inView > 0 && (entries.bucket > 1 || entries.joined > 1)) isRaw = false;
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

/** How many points of some lines have no place on the x axis, which was logged with them. */
function unplaced(axis: Axis, shown: readonly PanelLine[]): number {
  return shown.reduce((sum, { curve }) => sum + curve.rows - (curveAlong(curve, axis)?.rows ?? 0), 0);
}

/** The lines that are shown, and what is said of each whole one. */
export interface Shown {
  lines: readonly PanelLine[];
  along: Along;
  overview: (line: PanelLine) => Entries;
  isExpression: boolean;
  /** the metrics that an expression names */
  needs: readonly string[];
}

/** Of lines that are joined with others: what lacks them, and what an expression makes no number of. */
function joinedOut({ lines, along, overview, needs }: Shown): string[] {
  const parts: string[] = [];
  const whole = lines.map(overview);
  const lost = whole.reduce((sum, { unmatched }) => sum + unmatched, 0);
  const isAbout = whole.some(({ bucket, unmatched }) => bucket > 1 && unmatched > 0);
  if (lost) parts.push(`${isAbout ? "about " : ""}${formatStep(lost)} without ${[along.over, ...needs].filter(Boolean).join(" or ")}, left out`);
  return parts;
}

/** How many NaN and infinite values whole lines have. */
function badOf({ lines, overview }: Shown): number {
  return lines.map(overview).reduce((sum, { bad }) => sum + [...bad.values()].flat().reduce((all, count) => all + count, 0), 0);
}

/** Whether all values are as they were logged, and only their places are not. */
function isPlaced({ lines }: Scene, { along, isExpression }: Shown): boolean {
  return along.over !== "" && !isExpression && lines.every(({ entries }) => entries.bucket === 1) && lines.some(({ entries }) => entries.joined > 1);
}

/** What a plot of so many pixels shows of its lines. */
export function noteText(scene: Scene, width: number, shown: Shown, loading: boolean): string {
  const { perPixel, isRaw } = reduction(scene, shown.lines, width);
  const parts: string[] = [];
  if (scene.lines.length === 0) return "every run is hidden";
  const isEmpty = scene.lines.every(({ entries }) => entries.x.length === 0);
  if (isEmpty) parts.push("no points");
  else if (!isRaw || perPixel > 1) parts.push(`${pixelText(scene, perPixel, width)}, ${isPlaced(scene, shown) ? `${shown.along.over} reduced` : "min–max shown"}`);
  else parts.push("raw points");
  if (loading) parts.push("loading more");
  return [...parts, ...leftOut(scene, shown)].join(" · ");
}

/** How much of what is in view lies above or below the plot. An entry that stands for many points is one, or more. */
function outsideText({ lines }: Scene, outside: number): string {
  if (!outside) return "no outliers";
  const isLeast = lines.some(({ entries }) => entries.bucket > 1 || entries.joined > 1);
  return `${isLeast ? "at least " : ""}${plural(outside, "outlier", "outliers")} outside ▲▼`;
}

/** What has no place in the picture. */
export function leftOut(scene: Scene, shown: Shown): string[] {
  const parts: string[] = [];
  if (scene.outside !== null) parts.push(outsideText(scene, scene.outside));
  // The band of a group may well reach below 0 where none of its runs does.
  const shapes = scene.lines.map((line) => (line.group ? line.shape : line.entries));
  const gone = scene.log ? countNonPositive(shapes, scene.x) : 0;
  if (gone) parts.push(`${gone} not above 0, left out`);
  const early = scene.lines.reduce((sum, { entries }) => sum + entries.left, 0);
  if (early) parts.push(`${formatStep(early)} at x ≤ 0, left out`);
  const isJoined = shown.along.over !== "" || shown.isExpression;
  const lost = isJoined ? 0 : unplaced(scene.axis, shown.lines);
  if (lost) parts.push(`${lost} without ${scene.xName}, left out`);
  if (isJoined) parts.push(...joinedOut(shown));
  const bad = isJoined ? badOf(shown) : shown.lines.reduce((sum, { curve }) => sum + badValues(curveAlong(curve, scene.axis) ?? curve), 0);
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

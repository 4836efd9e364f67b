/** The one tooltip of the page: x, then the runs under the crosshair by value, at most twelve. */
import { element } from "../elements";
import { formatDuration, formatNumber, formatStep, formatTime } from "../format";
import type { Bad } from "./curve";
import type { DrawnLine, Scene } from "./plot";
import { swatch } from "./swatch";

const MOST_ROWS = 12;
const OFFSET = 16;
const MARGIN = 8;

/** A line under the crosshair and the index of its entry. */
export type Point = readonly [DrawnLine, number];

let box: HTMLElement | null = null;

/** A value of x in words. */
export function xText({ axis, xName }: Pick<Scene, "axis" | "xName">, x: number): string {
  if (axis === "own") return `${xName} ${formatStep(x)}`;
  if (axis === "step") return `step ${formatStep(x)}`;
  return axis === "relative" ? formatDuration(x) || "0 s" : formatTime(x / 1000, true);
}

/** Points by value, greatest first, gaps last; the near one before all. */
export function rankPoints(points: readonly Point[], near: DrawnLine | null): Point[] {
  const value = ([line, index]: Point) => {
    const number = line.shape.last[index] as number;
    return Number.isNaN(number) ? -Infinity : number;
  };
  return [...points].sort((a, b) => Number(b[0] === near) - Number(a[0] === near) || value(b) - value(a));
}

/** How many values of an entry are no number: `3 NaN, 1 ∞`. */
export function badText(bad: Bad): string {
  const kinds = ["NaN", "∞", "-∞"];
  return bad.flatMap((count, place) => (count ? [`${count} ${kinds[place]}`] : [])).join(", ");
}

/** Of a group: the edges of its band, and how many runs count. */
function groupText({ entries }: DrawnLine, count: number, index: number): string {
  const [low, high] = [entries.min?.[index], entries.max?.[index]];
  const band = low !== undefined && high !== undefined && low < high ? [`${formatNumber(low, 4)} – ${formatNumber(high, 4)}`] : [];
  return [...band, `n = ${count}`].join(", ");
}

/** The value of a point, and where smoothing or reduction hides something, what was logged. */
export function valueText([line, index]: Point): { value: string; detail: string } {
  const { entries, smooth } = line;
  const bad = entries.bad.get(index);
  if (bad) return { value: formatNumber(line.shape.last[index] as number, 5), detail: badText(bad) };
  const value = formatNumber(line.shape.last[index] as number, 5);
  if (line.group) return { value, detail: groupText(line, line.group.count[index] ?? 0, index) };
  if (smooth) return { value, detail: formatNumber(entries.last[index] as number, 5) };
  const [low, high] = [entries.min?.[index], entries.max?.[index]];
  if (low === undefined || high === undefined) return { value, detail: "" };
  const ends = [formatNumber(low, 4), formatNumber(high, 4)];
  // Columns are rounded each by its own range.
  return { value, detail: ends[0] === ends[1] ? "" : ends.join(" – ") };
}

function row(point: Point, near: boolean): HTMLElement {
  const { value, detail } = valueText(point);
  const [line] = point;
  return element(
    "tr",
    { class: near ? "near" : null },
    element("td", {}, swatch(line.colour, line.dash)),
    element("td", { class: "name" }, line.name),
    element("td", { class: "value" }, value),
    element("td", { class: "detail" }, detail),
  );
}

/** Keeps the box inside the window: right of the pointer, else left of it. */
function place(made: HTMLElement, pointer: { x: number; y: number }): void {
  const { width, height } = made.getBoundingClientRect();
  const right = pointer.x + OFFSET + width + MARGIN <= innerWidth;
  const left = right ? pointer.x + OFFSET : pointer.x - OFFSET - width;
  const top = Math.min(pointer.y + OFFSET, innerHeight - height - MARGIN);
  made.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
  made.style.top = `${Math.max(MARGIN, top)}px`;
}

/** Shows something beside a place in the window. */
function showBeside(at: { x: number; y: number }, ...content: Node[]): void {
  if (!box?.isConnected) {
    box = element("div", { class: "tooltip chart-tooltip", "aria-hidden": "true" });
    document.body.append(box);
  }
  box.replaceChildren(...content);
  box.hidden = false;
  place(box, at);
}

/** Shows names and values beside the pointer. */
export function showPairs(pairs: readonly (readonly [string, string])[], at: { x: number; y: number }): void {
  const rows = pairs.map(([name, text]) =>
    element("tr", {}, element("td", { class: "name" }, name), element("td", { class: "value" }, text)),
  );
  showBeside(at, element("table", {}, element("tbody", {}, ...rows)));
}

/** Shows what is under the crosshair beside the pointer. */
export function showTooltip(points: readonly Point[], near: DrawnLine | null, head: string, at: { x: number; y: number }): void {
  const ranked = rankPoints(points, near);
  const body = element("tbody", {}, ...ranked.slice(0, MOST_ROWS).map((point) => row(point, point[0] === near)));
  const rest = ranked.length - MOST_ROWS;
  const more = rest > 0 ? [element("p", { class: "chart-tooltip-rest" }, `and ${rest} more`)] : [];
  showBeside(at, element("p", { class: "chart-tooltip-x" }, head), element("table", {}, body), ...more);
}

/** Hides the tooltip. */
export function hideTooltip(): void {
  if (box) box.hidden = true;
}

/** From a panel's data and the way it is looked at to the picture that a plot draws. */
import { PALETTE_SIZE, runDash } from "../colour";
import { type Axis, type Entries, curveAlong, entriesOf } from "../chart/curve";
import { type Domain, domainX, domainY } from "../chart/domain";
import { type View, rowsWithin, wantedBucket } from "../chart/levels";
import { lowerBound } from "../chart/plane";
import type { DrawnLine, Scene } from "../chart/plot";
import { smoothed, smoothingUnit } from "../chart/smooth";
import { type Detail, detailEntries } from "../chart/tiles";
import { type Groups, groupsBy } from "../runs";
import type { Curve, LinePanel } from "../types";
import { shownLines } from "./beside";
import type { PanelData, PanelLine } from "./line_data";
import { type PanelSettings, axisOf } from "./settings";

export interface Style {
  colour: number;
  dash: readonly number[];
  /** drawn paler than other lines */
  pale: boolean;
  /** drawn with the area between its extremes */
  band: boolean;
}

const OVERWRITTEN_DASH: readonly number[] = [4, 4];

export interface SceneMaker {
  scene: (settings: PanelSettings) => Scene;
  /** the x domain without a zoom */
  whole: (settings: PanelSettings) => Domain;
  overview: (line: PanelLine, axis: Axis) => Entries;
  style: (line: PanelLine, settings: PanelSettings) => Style;
  groups: (settings: PanelSettings) => Groups | null;
  visible: (settings: PanelSettings) => PanelLine[];
  axis: (settings: PanelSettings) => Axis;
  /** finer parts that have been fetched */
  details: Map<Curve, Detail>;
}

/** Keeps what a function made for a key. */
function memo<Key extends object, Value>(make: (key: Key, axis: Axis) => Value): (key: Key, axis: Axis) => Value {
  const made: Record<Axis, WeakMap<Key, Value>> = { step: new WeakMap(), own: new WeakMap(), relative: new WeakMap(), wall: new WeakMap() };
  return (key, axis) => {
    let value = made[axis].get(key);
    if (value === undefined) made[axis].set(key, (value = make(key, axis)));
    return value;
  };
}

/** The curve of a line that is drawn along an axis; it has no entries there if it has no place on it. */
function curveOf(line: PanelLine, axis: Axis): Curve {
  return curveAlong(line.curve, axis) ?? line.curve;
}

interface Choice {
  line: PanelLine;
  axis: Axis;
  entries: Entries;
  smooth: number;
  style: Style;
}

function drawnLine({ line, axis, entries, smooth, style }: Choice, overview: Entries): DrawnLine {
  let values: Float64Array | null = null;
  if (smooth > 0) {
    const unit = smoothingUnit(overview.x, curveOf(line, axis).rows);
    const start = entries.x[0];
    // A part goes on from what the whole came to, or smoothing would start afresh at its edge.
    const past = entries === overview || start === undefined ? -1 : lowerBound(overview.x, start) - 1;
    const before = past < 0 ? undefined : { x: overview.x[past] as number, value: smoothed(overview, smooth, unit)[past] as number };
    values = smoothed(entries, smooth, unit, before && Number.isFinite(before.value) ? before : undefined);
  }
  return {
    key: line.key,
    run: line.run,
    name: line.name,
    entries,
    smooth: values,
    shape: values || style.band ? { x: entries.x, last: values ?? entries.last, min: null, max: null } : entries,
    ...style,
  };
}

/** Makes scenes of one panel's data, and keeps whatever the next scene can use again. */
export function createSceneMaker(panel: LinePanel, data: PanelData): SceneMaker {
  const details = new Map<Curve, Detail>();
  const axis = (settings: PanelSettings) => axisOf(panel, settings);
  const groupCache = new Map<string, Groups>();
  const overview = memo((line: PanelLine, along) => entriesOf(line.curve, along, line.started));
  const startOf = new WeakMap<Detail, number>();
  const partEntries = memo((detail: Detail, along) => detailEntries(detail, along, startOf.get(detail) ?? NaN));
  const made = new Map<string, { choice: Choice; drawn: DrawnLine }>();
  // A part that waits has other runs.
  const isAlone = () => data.waiting.length === 0 && data.lines.every(({ run }) => run === data.lines[0]?.run);
  let lines: readonly DrawnLine[] = [];

  function groups({ colorBy }: PanelSettings): Groups | null {
    if (!colorBy) return null;
    const known = groupCache.get(colorBy) ?? groupsBy(data.runs, colorBy);
    groupCache.set(colorBy, known);
    return known;
  }

  function style(line: PanelLine, settings: PanelSettings): Style {
    const pale = line.kind === "tail";
    const byRank = settings.ranks === "each" && (line.kind === "rank" || (pale && panel.ranks !== undefined));
    const { colour, dash } = byRank ? { colour: line.place, dash: runDash(line.place) } : runStyle(line, settings);
    return { colour, dash: pale ? OVERWRITTEN_DASH : dash, pale, band: line.kind === "band" };
  }

  function runStyle(line: PanelLine, settings: PanelSettings): Pick<Style, "colour" | "dash"> {
    const grouped = groups(settings)?.of[line.run];
    if (grouped !== undefined) return { colour: grouped, dash: runDash(grouped) };
    const many = panel.metrics.length > 1;
    const oneRun = isAlone();
    if (oneRun && many) return { colour: line.metric, dash: runDash(line.metric) };
    // A run alone has nothing to be told apart from.
    if (oneRun) return { colour: line.run, dash: runDash(0) };
    return { colour: line.run, dash: many ? runDash(line.metric * PALETTE_SIZE) : runDash(line.run) };
  }

  /** The finest entries at hand that cover what is shown. */
  function entries(line: PanelLine, settings: PanelSettings): Entries {
    const along = axis(settings);
    const [curve, whole] = [curveOf(line, along), overview(line, along)];
    const detail = settings.zoom ? details.get(curve) : undefined;
    if (!detail || !settings.zoom) return whole;
    startOf.set(detail, line.started);
    const rows = rowsWithin(whole, settings.zoom, curve.rows);
    const covers = detail.rows.first <= rows.first && detail.rows.end >= rows.end;
    return (covers ? partEntries(detail, along) : null) ?? whole;
  }

  function drawn(choice: Choice): DrawnLine {
    const known = made.get(choice.line.key);
    const same =
      known?.choice.entries === choice.entries &&
      known.choice.smooth === choice.smooth &&
      known.choice.style.colour === choice.style.colour &&
      known.choice.style.dash === choice.style.dash &&
      known.choice.style.pale === choice.style.pale;
    if (known && same) return known.drawn;
    const line = drawnLine(choice, overview(choice.line, choice.axis));
    made.set(choice.line.key, { choice, drawn: line });
    return line;
  }

  const visible = (settings: PanelSettings) => shownLines(panel, data.lines, settings);
  const whole = (settings: PanelSettings) => domainX(visible(settings).map((line) => overview(line, axis(settings)).x));

  function scene(settings: PanelSettings): Scene {
    const along = axis(settings);
    const next = visible(settings).map((line) =>
      drawn({ line, axis: along, entries: entries(line, settings), smooth: settings.smooth, style: style(line, settings) }),
    );
    if (next.length !== lines.length || next.some((line, index) => line !== lines[index])) lines = next;
    const x = settings.zoom ?? whole(settings);
    const xName = along === "own" ? (panel.xName ?? "") : "";
    return { lines, axis: along, xName, x, y: domainY(lines.map((line) => line.entries), x, settings.logY), log: settings.logY };
  }

  return { scene, whole, overview, axis, style, groups, visible, details };
}

/** A line that finer levels would show more of. */
export interface Coarse {
  curve: Curve;
  overview: Entries;
  /** in view */
  rows: View;
}

/** The lines whose finer levels would show more than what is drawn. */
export function coarseLines(maker: SceneMaker, settings: PanelSettings, width: number): Coarse[] {
  const { zoom } = settings;
  if (!zoom) return [];
  const axis = maker.axis(settings);
  return maker
    .visible(settings)
    .map((line) => ({ curve: curveOf(line, axis), overview: maker.overview(line, axis) }))
    .map(({ curve, overview }) => ({ curve, overview, rows: rowsWithin(overview, zoom, curve.rows) }))
    .filter(({ curve, rows }) => curve.deeper && rows.end > rows.first && curve.bucket > wantedBucket(rows, width));
}

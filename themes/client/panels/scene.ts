/** From a panel's data and the way it is looked at to the picture that a plot draws. */
import { PALETTE_SIZE, runDash } from "../colour";
import { type Entries, entriesOf } from "../chart/curve";
import { type Domain, domainX, domainY } from "../chart/domain";
import { type View, rowsWithin, wantedBucket } from "../chart/levels";
import { lowerBound } from "../chart/plane";
import type { DrawnLine, Scene } from "../chart/plot";
import { smoothed, smoothingUnit } from "../chart/smooth";
import { type Detail, detailEntries } from "../chart/tiles";
import { type Groups, groupsBy } from "../runs";
import type { LinePanel, XAxis } from "../types";
import { shownLines } from "./beside";
import type { PanelData, PanelLine } from "./line_data";
import type { PanelSettings } from "./settings";

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
  overview: (line: PanelLine, axis: XAxis) => Entries;
  rows: (line: PanelLine, axis: XAxis, x: Domain) => View;
  style: (line: PanelLine, settings: PanelSettings) => Style;
  groups: (settings: PanelSettings) => Groups | null;
  visible: (settings: PanelSettings) => PanelLine[];
  /** finer parts that have been fetched, by line */
  details: Map<string, Detail>;
}

/** Keeps what a function made for a key. */
function memo<Key extends object, Value>(make: (key: Key, axis: XAxis) => Value): (key: Key, axis: XAxis) => Value {
  const made: Record<XAxis, WeakMap<Key, Value>> = { step: new WeakMap(), relative: new WeakMap(), wall: new WeakMap() };
  return (key, axis) => {
    let value = made[axis].get(key);
    if (value === undefined) made[axis].set(key, (value = make(key, axis)));
    return value;
  };
}

interface Choice {
  line: PanelLine;
  entries: Entries;
  smooth: number;
  style: Style;
}

function drawnLine({ line, entries, smooth, style }: Choice, overview: Entries): DrawnLine {
  let values: Float64Array | null = null;
  if (smooth > 0) {
    const unit = smoothingUnit(overview.x, line.curve.rows);
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
  const details = new Map<string, Detail>();
  const groupCache = new Map<string, Groups>();
  const overview = memo((line: PanelLine, axis) => entriesOf(line.curve, axis, line.started));
  const startOf = new WeakMap<Detail, number>();
  const partEntries = memo((detail: Detail, axis) => detailEntries(detail, axis, startOf.get(detail) ?? NaN));
  const made = new Map<string, { choice: Choice; drawn: DrawnLine }>();
  const oneRun = new Set(data.lines.map(({ run }) => run)).size === 1;
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
    if (oneRun && many) return { colour: line.metric, dash: runDash(line.metric) };
    // A run alone has nothing to be told apart from.
    if (oneRun) return { colour: line.run, dash: runDash(0) };
    return { colour: line.run, dash: many ? runDash(line.metric * PALETTE_SIZE) : runDash(line.run) };
  }

  /** The finest entries at hand that cover what is shown. */
  function entries(line: PanelLine, settings: PanelSettings): Entries {
    const whole = overview(line, settings.x);
    const detail = settings.zoom ? details.get(line.key) : undefined;
    if (!detail || !settings.zoom) return whole;
    startOf.set(detail, line.started);
    const rows = rowsWithin(whole, settings.zoom, line.curve.rows);
    const covers = detail.rows.first <= rows.first && detail.rows.end >= rows.end;
    return (covers ? partEntries(detail, settings.x) : null) ?? whole;
  }

  function drawn(choice: Choice, axis: XAxis): DrawnLine {
    const known = made.get(choice.line.key);
    const same =
      known?.choice.entries === choice.entries &&
      known.choice.smooth === choice.smooth &&
      known.choice.style.colour === choice.style.colour &&
      known.choice.style.dash === choice.style.dash &&
      known.choice.style.pale === choice.style.pale;
    if (known && same) return known.drawn;
    const line = drawnLine(choice, overview(choice.line, axis));
    made.set(choice.line.key, { choice, drawn: line });
    return line;
  }

  const visible = (settings: PanelSettings) => shownLines(panel, data.lines, settings);
  const whole = (settings: PanelSettings) => domainX(visible(settings).map((line) => overview(line, settings.x).x));

  function scene(settings: PanelSettings): Scene {
    const next = visible(settings).map((line) =>
      drawn({ line, entries: entries(line, settings), smooth: settings.smooth, style: style(line, settings) }, settings.x),
    );
    if (next.length !== lines.length || next.some((line, index) => line !== lines[index])) lines = next;
    const x = settings.zoom ?? whole(settings);
    return { lines, axis: settings.x, x, y: domainY(lines.map((line) => line.entries), x, settings.logY), log: settings.logY };
  }

  const rows = (line: PanelLine, axis: XAxis, x: Domain) => rowsWithin(overview(line, axis), x, line.curve.rows);
  return { scene, whole, overview, rows, style, groups, visible, details };
}

/** The lines whose finer levels would show more than what is drawn, with the rows that are in view. */
export function coarseLines(maker: SceneMaker, settings: PanelSettings, width: number): { line: PanelLine; rows: View }[] {
  const { zoom } = settings;
  if (!zoom) return [];
  return maker
    .visible(settings)
    .map((line) => ({ line, rows: maker.rows(line, settings.x, zoom) }))
    .filter(({ line, rows }) => line.curve.deeper && rows.end > rows.first && line.curve.bucket > wantedBucket(rows, width));
}

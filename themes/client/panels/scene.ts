/** From a panel's data and the way it is looked at to the picture that a plot draws. */
import { PALETTE_SIZE, runDash } from "../colour";
import { type Along, type Axis, type Entries, curveAlong, entriesOf } from "../chart/curve";
import { type Domain, above0, domainX, domainY } from "../chart/domain";
import { pointsWithin } from "../chart/levels";
import { lowerBound } from "../chart/plane";
import type { DrawnLine, Scene } from "../chart/plot";
import { smoothed, smoothingUnit } from "../chart/smooth";
import { type Detail, type Wanted, detailCovers, detailEntries } from "../chart/tiles";
import { type Groups, groupsBy } from "../runs";
import type { Curve, LinePanel } from "../types";
import { shownLines } from "./beside";
import { createGrouper } from "./group_lines";
import type { PanelData, PanelLine } from "./line_data";
import { type PanelSettings, alongOf, colourKey } from "./settings";

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
  overview: (line: PanelLine, along: Along) => Entries;
  style: (line: PanelLine, settings: PanelSettings) => Style;
  groups: (settings: PanelSettings) => Groups | null;
  visible: (settings: PanelSettings) => PanelLine[];
  along: (settings: PanelSettings) => Along;
  /** the part of x that is shown */
  shown: (settings: PanelSettings) => Domain;
  /** finer parts that have been fetched */
  details: Map<Curve, Detail>;
}

/** Keeps what a function made for a key. */
function memo<Key extends object, Value>(make: (key: Key, along: Along) => Value): (key: Key, along: Along) => Value {
  const made = new Map<string, WeakMap<Key, Value>>();
  return (key, along) => {
    const name = `${along.axis} ${along.log}`;
    const values = made.get(name) ?? new WeakMap<Key, Value>();
    made.set(name, values);
    let value = values.get(key);
    if (value === undefined) values.set(key, (value = make(key, along)));
    return value;
  };
}

/** The curve of a line that is drawn along an axis; it has no entries there if it has no place on it. */
function curveOf(line: PanelLine, axis: Axis): Curve {
  return curveAlong(line.curve, axis) ?? line.curve;
}

interface Choice {
  line: PanelLine;
  along: Along;
  entries: Entries;
  smooth: number;
  style: Style;
}

function drawnLine({ line, along: { axis }, entries, smooth, style }: Choice, overview: Entries): DrawnLine {
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
  const along = (settings: PanelSettings) => alongOf(panel, settings);
  const groupCache = new Map<string, Groups>();
  const overview = memo((line: PanelLine, on) => entriesOf(line.curve, on, line.started));
  const grouper = createGrouper(panel, overview);
  const startOf = new WeakMap<Detail, number>();
  const partEntries = memo((detail: Detail, on) => detailEntries(detail, on, startOf.get(detail) ?? NaN));
  const made = new Map<string, { choice: Choice; drawn: DrawnLine }>();
  // A part that waits has other runs.
  const isAlone = () => data.waiting.length === 0 && data.lines.every(({ run }) => run === data.lines[0]?.run);
  let lines: readonly DrawnLine[] = [];

  function groups(settings: PanelSettings): Groups | null {
    const key = colourKey(settings);
    if (!key) return null;
    const known = groupCache.get(key) ?? groupsBy(data.runs, key);
    if (known.of.length) groupCache.set(key, known); // its values may not be there yet
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
    const on = along(settings);
    const coarse = overview(line, on);
    const detail = settings.zoom || on.log ? details.get(curveOf(line, on.axis)) : undefined;
    if (!detail) return coarse;
    startOf.set(detail, line.started);
    const wanted = { range: shown(settings), along: on, started: line.started };
    return (detailCovers(detail, wanted) ? partEntries(detail, on) : null) ?? coarse;
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
    const line = drawnLine(choice, overview(choice.line, choice.along));
    made.set(choice.line.key, { choice, drawn: line });
    return line;
  }

  const visible = (settings: PanelSettings) => shownLines(panel, data.lines, settings);
  const whole = (settings: PanelSettings) => {
    const on = along(settings);
    const columns = visible(settings).map((line) => overview(line, on).x);
    if (!on.log || settings.groupBy) return domainX(columns, on.log);
    // The first place above 0 is in the finest entries that there are.
    const fine = visible(settings).map((line) => details.get(curveOf(line, on.axis))).flatMap((detail) => (detail ? [partEntries(detail, on)?.x ?? new Float64Array()] : []));
    return domainX([...columns, ...fine], true);
  };
  const shown = (settings: PanelSettings): Domain => {
    const { zoom } = settings;
    if (!zoom) return whole(settings);
    return along(settings).log ? above0(zoom, whole(settings)) : zoom;
  };

  function scene(settings: PanelSettings): Scene {
    const on = along(settings);
    const by = settings.groupBy ? groups(settings) : null;
    const next = by
      ? grouper.lines(visible(settings), settings, on, by)
      : visible(settings).map((line) =>
          drawn({ line, along: on, entries: entries(line, settings), smooth: settings.smooth, style: style(line, settings) }),
        );
    if (next.length !== lines.length || next.some((line, index) => line !== lines[index])) lines = next;
    const x = shown(settings);
    const xName = on.axis === "own" ? (panel.xName ?? "") : "";
    const y = domainY(lines.map((line) => line.entries), x, settings.logY);
    return { lines, axis: on.axis, xName, x, y, log: settings.logY, logX: on.log };
  }

  return { scene, whole, shown, overview, along, style, groups, visible, details };
}

/** A line that finer levels would show more of. */
export interface Coarse {
  curve: Curve;
  wanted: Wanted;
}

/** On a logarithmic axis finer levels are worth their bytes for so many lines, for an overview is coarse at its left end. */
const MOST_LOG_LINES = 64;

/** The lines whose finer levels would show more than their overviews do on so many pixels. */
export function coarseLines(maker: SceneMaker, settings: PanelSettings, width: number): Coarse[] {
  const along = maker.along(settings);
  const lines = maker.visible(settings);
  // Groups are made of overviews: finer ones would have to come for every run.
  if (settings.groupBy) return [];
  if (!settings.zoom && !(along.log && lines.length <= MOST_LOG_LINES)) return [];
  const range = maker.shown(settings);
  return lines.flatMap((line) => {
    const curve = curveOf(line, along.axis);
    const overview = maker.overview(line, along);
    const count = pointsWithin(overview, range, curve.rows);
    const isFine = !along.log && curve.bucket * width <= count;
    return curve.deeper && !isFine ? [{ curve, wanted: { range, along, started: line.started } }] : [];
  });
}

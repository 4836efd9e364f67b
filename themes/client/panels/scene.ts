/** From a panel's data and the way it is looked at to the picture that a plot draws. */
import { PALETTE_SIZE, runDash } from "../colour";
import { type Along, type Entries, curveAlong } from "../chart/curve";
import { type Domain, above0, domainX, domainY } from "../chart/domain";
import { countOutside, domainWithout } from "../chart/outliers";
import type { DrawnLine, Scene } from "../chart/plot";
import { smoothedEntries, smoothingUnit } from "../chart/smooth";
import { type Groups, groupsBy } from "../runs";
import type { LinePanel, SmoothKind } from "../types";
import { shownLines } from "./beside";
import { createGrouper } from "./group_lines";
import type { PanelData, PanelLine } from "./line_data";
import { type PanelSettings, alongOf, colourKeys } from "./settings";
import type { Coarse, Sources } from "./sources";

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
  sources: Sources;
}

interface Choice {
  line: PanelLine;
  along: Along;
  entries: Entries;
  smooth: number;
  smoothBy: SmoothKind;
  style: Style;
}

function drawnLine({ line, along: { axis }, entries, smooth, smoothBy, style }: Choice, overview: Entries): DrawnLine {
  const rows = (curveAlong(line.curve, axis) ?? line.curve).rows;
  const values = smooth > 0 ? smoothedEntries(entries, overview, { weight: smooth, by: smoothBy, unit: smoothingUnit(overview.x, rows) }) : null;
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
export function createSceneMaker(panel: LinePanel, data: PanelData, sources: Sources): SceneMaker {
  const { overview } = sources;
  const along = (settings: PanelSettings) => alongOf(panel, settings);
  const groupCache = new Map<string, Groups>();
  const grouper = createGrouper(panel, overview);
  const made = new Map<string, { choice: Choice; drawn: DrawnLine }>();
  // A part that waits has other runs.
  const isAlone = () => data.waiting.length === 0 && data.lines.every(({ run }) => run === data.lines[0]?.run);
  let lines: readonly DrawnLine[] = [];

  function groups(settings: PanelSettings): Groups | null {
    const keys = colourKeys(settings);
    if (!keys.length) return null;
    const name = keys.join("\0");
    const known = groupCache.get(name) ?? groupsBy(data.runs, keys);
    if (known.of.length) groupCache.set(name, known); // its values may not be there yet
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
    return settings.zoom || on.log ? sources.finest(line, on, shown(settings)) : overview(line, on);
  }

  function drawn(choice: Choice): DrawnLine {
    const known = made.get(choice.line.key);
    const same =
      known?.choice.entries === choice.entries &&
      known.choice.smooth === choice.smooth &&
      known.choice.smoothBy === choice.smoothBy &&
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
    if (!on.log || settings.groupBy.length) return domainX(columns, on.log);
    // The first place above 0 is in the finest entries that there are.
    const fine = visible(settings).map((line) => sources.places(line, on));
    return domainX([...columns, ...fine], true);
  };
  const shown = (settings: PanelSettings): Domain => {
    const { zoom } = settings;
    if (!zoom) return whole(settings);
    return along(settings).log ? above0(zoom, whole(settings)) : zoom;
  };

  function scene(settings: PanelSettings): Scene {
    const on = along(settings);
    const by = settings.groupBy.length ? groups(settings) : null;
    const next = by
      ? grouper.lines(visible(settings), settings, on, by)
      : visible(settings).map((line) =>
          drawn({ line, along: on, entries: entries(line, settings), smooth: settings.smooth, smoothBy: settings.smoothBy, style: style(line, settings) }),
        );
    if (next.length !== lines.length || next.some((line, index) => line !== lines[index])) lines = next;
    const x = shown(settings);
    const xName = on.axis === "own" ? (panel.xName ?? "") : on.over;
    const shapes = lines.map((line) => line.entries);
    const y = (settings.ignoreOutliers ? domainWithout : domainY)(shapes, x, settings.logY);
    const outside = settings.ignoreOutliers ? countOutside(shapes, x, y, settings.logY) : null;
    return { lines, axis: on.over ? "own" : on.axis, xName, x, y, log: settings.logY, logX: on.log, outside };
  }

  return { scene, whole, shown, overview, along, style, groups, visible, sources };
}

/** On a logarithmic axis finer levels are worth their bytes for so many lines, for an overview is coarse at its left end. */
const MOST_LOG_LINES = 64;

/** The lines whose finer levels would show more than their overviews do on so many pixels. */
export function coarseLines(maker: SceneMaker, settings: PanelSettings, width: number): Coarse[] {
  const along = maker.along(settings);
  const lines = maker.visible(settings);
  // Groups are made of overviews: finer ones would have to come for every run.
  if (settings.groupBy.length) return [];
  if (!settings.zoom && !(along.log && lines.length <= MOST_LOG_LINES)) return [];
  const range = maker.shown(settings);
  const found = lines.flatMap((line) => maker.sources.coarse(line, along, range, width));
  // Lines of a run share what they are joined with.
  return [...new Map(found.map((one) => [one.curve, one])).values()];
}

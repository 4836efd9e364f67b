/** All that a reader can change in the workspace, and its text in the address. */
import { joinNames, splitNames } from "../names";
import type { Domain } from "../chart/domain";
import { FIRST_SETTINGS, type PanelSettings, isXChoice } from "../panels/settings";
import { type Codec, type FieldCodec, numberField, switchField, switchInFile, textField } from "../store";
import type { BandKind, Center, RunsData, SmoothKind, XChoice } from "../types";
import { type Layout, NO_LAYOUT } from "./layout";
import { panelsField, removedField, sectionsField } from "./layout_codec";

export interface WorkspaceState extends PanelSettings, Layout {
  /** regular expression over metric names */
  metrics: string;
  /** what stands in the filter box of the run list */
  filter: string;
  /** column key, with a minus for descending; "" for the newest first */
  sort: string;
  /** column whose values stand beside the names; "" for none */
  column: string;
  folded: ReadonlySet<string>;
  /** runs whose eye is closed; `hidden` is these and what the filter leaves out */
  closed: ReadonlySet<number>;
  /** whether the run list is shown */
  list: boolean;
  /** whether the values of all columns are there */
  complete: boolean;
}

/** Folded until somebody looks. */
export const FOLDED_AT_FIRST: ReadonlySet<string> = new Set(["system"]);
/** Runs that come in one part of an overview: OVERVIEW_RUNS of reportgen/site/overviews.py. */
const PART = 250;
/** More runs than this at once are a carpet, and slow to load and draw. */
export const MOST_SHOWN = 1.5 * PART - 1;
const MOST_IDS = 24;

/** The oldest runs of a large project start hidden: whole parts of them, so that no part comes for a few runs. */
export function closedAtFirst(runs: number): ReadonlySet<number> {
  const shown = runs <= MOST_SHOWN ? 0 : Math.floor((runs - PART / 2) / PART) * PART;
  return new Set(Array.from({ length: shown }, (_, index) => index));
}

/** The state of a project that nobody has touched. */
export function initialState(runs: number, column: string): WorkspaceState {
  const closed = closedAtFirst(runs);
  return {
    ...FIRST_SETTINGS,
    hidden: closed,
    metrics: "",
    filter: "",
    sort: "",
    column,
    folded: FOLDED_AT_FIRST,
    closed,
    list: true,
    complete: false,
    ...NO_LAYOUT,
  };
}

function sameSet<Value>(a: ReadonlySet<Value>, b: ReadonlySet<Value>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}

/** Rising numbers as ranges: `0-9.12`. */
export function writeRanges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < numbers.length; ) {
    const from = index;
    while (numbers[index + 1] === (numbers[index] as number) + 1) index += 1;
    parts.push(from === index ? `${numbers[from]}` : `${numbers[from]}-${numbers[index]}`);
    index += 1;
  }
  return parts.join(".");
}

/** The numbers below `end` that ranges name. */
export function readRanges(text: string, end: number): number[] {
  return text.split(".").flatMap((part) => {
    const [, from, to] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (from === undefined) return [];
    const last = Math.min(Number(to ?? from), end - 1);
    return Array.from({ length: Math.max(0, last - Number(from) + 1) }, (_, index) => Number(from) + index);
  });
}

type RunChoice = Readonly<Record<string, readonly string[]>>;

/** Which runs are shown, in the shorter way: ids of the hidden or the shown ones, or numbers when they are many. */
export function runsField(runs: RunsData): FieldCodec<ReadonlySet<number>> {
  const all = runs.ids.map((_, run) => run);
  const first = closedAtFirst(all.length);
  const places = new Map(runs.ids.map((id, run) => [id, run]));
  const idsOf = (numbers: number[]) => numbers.map((run) => runs.ids[run] ?? "");
  const numbersOf = (text: string) => splitNames(text).flatMap((id) => places.get(id) ?? []);
  return {
    name: "runs",
    write(closed) {
      if (sameSet(closed, first)) return null;
      const hidden = all.filter((run) => closed.has(run));
      const shown = all.filter((run) => !closed.has(run));
      if (hidden.length === 0) return "all";
      if (shown.length === 0) return "none";
      if (hidden.length <= Math.min(MOST_IDS, shown.length)) return `but.${joinNames(idsOf(hidden))}`;
      return shown.length <= MOST_IDS ? `only.${joinNames(idsOf(shown))}` : `numbers.${writeRanges(shown)}`;
    },
    read(text) {
      const [kind, list = ""] = text.split(/\.(.*)/s);
      if (kind === "all") return new Set();
      if (kind === "none") return new Set(all);
      if (kind === "but") return new Set(numbersOf(list));
      if (kind !== "only" && kind !== "numbers") return undefined;
      const shown = new Set(kind === "only" ? numbersOf(list) : readRanges(list, all.length));
      return new Set(all.filter((run) => !shown.has(run)));
    },
    file: {
      write(text) {
        const [kind = "", list = ""] = text.split(/\.(.*)/s);
        if (kind === "all" || kind === "none") return kind;
        if (kind !== "numbers") return { [kind]: splitNames(list) };
        // A number means another run once there are more, and a file outlives many builds.
        const shown = new Set(readRanges(list, all.length));
        const hidden = all.filter((run) => !shown.has(run));
        return hidden.length < shown.size ? { but: idsOf(hidden) } : { only: idsOf([...shown]) };
      },
      read(plain) {
        if (typeof plain !== "object") return String(plain);
        const [kind = "", ids = []] = Object.entries(plain as RunChoice)[0] ?? [];
        return `${kind}.${joinNames(ids)}`;
      },
    },
  };
}

/** A zoom to a hundred thousandth of itself: finer than any screen, and short in the address. */
function writeZoom(zoom: Domain): string {
  const places = Math.min(Math.max(0, 5 - Math.ceil(Math.log10(zoom[1] - zoom[0]))), 15);
  return zoom.map((end) => String(Number(end.toFixed(places)))).join("_");
}

const zoomField: FieldCodec<Domain | null> = {
  write: (zoom) => zoom && writeZoom(zoom),
  read(text) {
    const [from, to] = text.split("_").map((end) => (end === "" ? NaN : Number(end)));
    return from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
  },
  file: {
    write: (text) => text.split("_").map(Number),
    read: (plain) => (Array.isArray(plain) ? plain.join("_") : ""),
  },
};

/** Zooms by the metric that they are on: `epoch:2_5`, and commas between several. */
const zoomsField: FieldCodec<ReadonlyMap<string, Domain>> = {
  write: (zooms) => (zooms.size ? joinNames([...zooms].map(([name, zoom]) => `${name}:${writeZoom(zoom)}`)) : null),
  read(text) {
    const found = splitNames(text).flatMap((part): [string, Domain][] => {
      const end = part.lastIndexOf(":");
      const zoom = zoomField.read(part.slice(end + 1));
      return end > 0 && zoom ? [[part.slice(0, end), zoom]] : [];
    });
    return new Map(found);
  },
  file: {
    write(text) {
      const parts = splitNames(text).map((part) => [part.slice(0, part.lastIndexOf(":")), part.slice(part.lastIndexOf(":") + 1).split("_").map(Number)]);
      return Object.fromEntries(parts) as Record<string, number[]>;
    },
    read: (plain) =>
      typeof plain === "object" && !Array.isArray(plain)
        ? joinNames(Object.entries(plain).map(([name, ends]) => `${name}:${(ends as readonly unknown[]).join("_")}`))
        : "",
  },
};

const foldedField: FieldCodec<ReadonlySet<string>> = {
  write: (folded) => (sameSet(folded, FOLDED_AT_FIRST) ? null : joinNames([...folded])),
  read: (text) => new Set(splitNames(text)),
  file: {
    write: splitNames,
    read: (plain) => (Array.isArray(plain) ? joinNames(plain.map(String)) : ""),
  },
};

const xField: FieldCodec<XChoice> = {
  write: (x) => (x === "step" ? null : x),
  read: (text) => (isXChoice(text) ? text : undefined),
};

/** Names of columns; a file has one as text, several as a list. */
const keysField: FieldCodec<readonly string[]> = {
  write: (keys) => (keys.length ? joinNames(keys) : null),
  read: splitNames,
  file: {
    write(text) {
      const keys = splitNames(text);
      return keys.length === 1 ? (keys[0] as string) : keys;
    },
    read: (plain) => joinNames(Array.isArray(plain) ? plain.map(String) : [String(plain)]),
  },
};

/** How the state of a project stands in the address, and in a view's file: reportgen/site/saved_views.py checks the same names. */
export function workspaceCodec(runs: RunsData, column: string): Codec<WorkspaceState> {
  return {
    x: xField,
    smooth: numberField(0, 0, 0.99),
    smoothBy: textField<SmoothKind>("ema", ["ema", "gaussian", "mean"]),
    logX: switchField,
    logY: switchField,
    ignoreOutliers: switchField,
    zoom: zoomField,
    zooms: zoomsField,
    zoomAlone: switchField,
    metrics: textField<string>(""),
    filter: textField<string>(""),
    sort: textField<string>(""),
    column: textField<string>(column),
    colorBy: textField<string>(""),
    groupBy: keysField,
    center: textField<Center>("mean", ["mean", "median"]),
    band: textField<BandKind>("std", ["std", "sem", "minmax", "ci95", "none"]),
    folded: foldedField,
    closed: runsField(runs),
    list: { write: (shown) => (shown ? null : "0"), read: (text) => text !== "0", file: switchInFile },
    sections: sectionsField,
    panels: panelsField,
    removed: removedField,
  };
}

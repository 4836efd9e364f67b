/** What is loaded when asked for: the curves of runs hidden at first, other ranks of a run, their band, what was overwritten. */
import { load } from "../data";
import { inWords } from "../errors";
import type { DataRef, RankCurve, RankCurves, RunCurves } from "../types";
import type { LinePanel } from "../types";
import { type PanelData, type PanelLine, hasWaiting, loadShown } from "./line_data";
import { type PanelSettings, isPreviewEnough } from "./settings";

type Kind = PanelLine["kind"];

/** Whether a panel has several ranks to choose from. */
export function hasRanks({ ranks }: LinePanel): boolean {
  return ranks !== undefined && ranks.count > 1;
}

/** The kinds of lines that the settings ask for. */
export function wantedKinds(panel: LinePanel, { ranks, overwritten }: PanelSettings): Set<Kind> {
  const kinds = new Set<Kind>([ranks === "main" || !hasRanks(panel) ? "main" : ranks === "each" ? "rank" : "band"]);
  // A metric that has nothing else shows what was overwritten without being asked.
  if (panel.overwritten === "all" || (panel.overwritten && overwritten)) kinds.add("tail");
  return kinds;
}

/** The lines that the settings show. Until those of the ranks have arrived, the main line stands in for them. */
export function shownLines(panel: LinePanel, lines: readonly PanelLine[], settings: PanelSettings): PanelLine[] {
  const kinds = wantedKinds(panel, settings);
  const [first] = [...kinds];
  if (first !== undefined && !lines.some(({ kind }) => kind === first)) kinds.add("main");
  return lines.filter((line) => {
    if (settings.hidden.has(line.run) || !kinds.has(line.kind)) return false;
    if (line.kind === "rank") return !settings.hiddenRanks.has(line.rank);
    if (line.kind !== "tail" || !panel.ranks) return true;
    return settings.ranks === "each" ? !settings.hiddenRanks.has(line.rank) : line.rank === panel.ranks.main;
  });
}

/** What a line of a rank or of an attempt is called. */
function nameOf({ rank, attempt }: RankCurve, panel: LinePanel): string {
  if (attempt === undefined) return rank;
  return `${panel.ranks ? `${rank}, ` : ""}attempt ${attempt}, overwritten`;
}

function own<Value>(record: Record<string, Value> | undefined, key: string): Value | undefined {
  return record && Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}

interface Source {
  kind: Kind;
  ref: DataRef | undefined;
}

/** Loads the lines of one kind. */
async function loadLines(panel: LinePanel, data: PanelData, { kind, ref }: Source): Promise<PanelLine[]> {
  const metric = panel.metrics[0] ?? "";
  if (!ref) return [];
  const common = { kind, metric: 0, started: data.started };
  if (kind === "band") {
    const curve = own((await load<RunCurves>(ref)).curves, metric);
    const name = `mean of ${panel.ranks?.count ?? 0} ranks`;
    return curve ? [{ ...common, key: "band", run: curve.run, name, rank: "", place: 0, curve }] : [];
  }
  const curves = own((await load<RankCurves>(ref)).curves, metric) ?? [];
  const ranks = [...new Set(curves.map(({ rank }) => rank))];
  return curves.map((one, number) => ({
    ...common,
    key: `${kind}/${number}`,
    run: one.curve.run,
    name: nameOf(one, panel),
    rank: one.rank,
    place: ranks.indexOf(one.rank),
    curve: one.curve,
  }));
}

export interface Beside {
  /** loads what the settings ask for and is not there yet */
  want: (settings: PanelSettings) => void;
  /** somebody looks closely: from now on no preview will do */
  look: (settings: PanelSettings) => void;
  isLoading: () => boolean;
  /** why something could not be had; empty for nothing */
  trouble: () => string;
}

/** Watches over what a panel shows beside its first lines; `changed` is called when something has arrived. */
export function createBeside(panel: LinePanel, data: PanelData, changed: () => void): Beside {
  const asked = new Set<Kind>();
  let loading = 0;
  let close = false;
  let trouble = "";

  const sourceOf = (kind: Kind): Source => {
    const { ranks, bands, overwritten } = data.beside;
    return { kind, ref: kind === "rank" ? own(ranks, panel.metrics[0] ?? "") : kind === "band" ? bands : overwritten };
  };

  async function fetch(work: () => Promise<void>): Promise<void> {
    loading += 1;
    try {
      await work();
      trouble = "";
    } catch (error) {
      trouble = inWords(error);
    }
    loading -= 1;
    changed();
  }

  async function addLines(kind: Kind): Promise<void> {
    try {
      data.lines.push(...(await loadLines(panel, data, sourceOf(kind))));
    } catch (error) {
      // Asked again, it may come.
      asked.delete(kind);
      throw error;
    }
  }

  function want(settings: PanelSettings): void {
    const shown = { hidden: settings.hidden, preview: !close && isPreviewEnough(panel, settings) };
    if (hasWaiting(data, shown)) void fetch(() => loadShown(panel, data, shown));
    for (const kind of wantedKinds(panel, settings)) {
      if (kind === "main" || asked.has(kind)) continue;
      asked.add(kind);
      void fetch(() => addLines(kind));
    }
  }

  return {
    want,
    look(settings) {
      close = true;
      want(settings);
    },
    isLoading: () => loading > 0,
    trouble: () => trouble,
  };
}

/** The curves that the lines of a panel are joined with: metrics that an expression names, or that are the x axis. */
import { load } from "../data";
import { inWords } from "../errors";
import type { Curve, LinePanel, Overview, OverviewPart, ProjectIndex, RunCurves } from "../types";
import { type PanelLine, entryOf, isShown } from "./line_data";

export interface Partners {
  /** loads what the runs that are not hidden have logged of some metrics */
  want: (metrics: readonly string[], hidden: ReadonlySet<number>) => void;
  /** a metric of the run of a line; null when that has not logged it, or when it has not arrived */
  of: (line: Pick<PanelLine, "run">, metric: string) => Curve | null;
  isLoading: () => boolean;
  /** why something could not be had; empty for nothing */
  trouble: () => string;
}

/** What is known of one metric. */
interface Known {
  waiting: readonly OverviewPart[];
  curves: Map<number, Curve>;
}

/** Watches over the partners of one panel; `changed` is called when some have arrived. */
export function createPartners(panel: LinePanel, index: ProjectIndex, changed: () => void): Partners {
  const known = new Map<string, Known>();
  let loading = 0;
  let trouble = "";

  async function fetchAll(found: Known, parts: readonly OverviewPart[]): Promise<void> {
    loading += 1;
    found.waiting = found.waiting.filter((part) => !parts.includes(part));
    const loads = parts.map(async (part) => {
      try {
        for (const curve of (await load<Overview>(part.data)).curves) found.curves.set(curve.run, curve);
      } catch (error) {
        // Asked again, it may come.
        found.waiting = [...found.waiting, part];
        throw error;
      }
    });
    const results = await Promise.allSettled(loads);
    const failed = results.find((result) => result.status === "rejected");
    trouble = failed ? inWords(failed.reason) : "";
    loading -= 1;
    changed();
  }

  async function fetchOwn(metric: string, found: Known, ref: NonNullable<LinePanel["data"]>): Promise<void> {
    // The panel itself has loaded this, and says so when it could not.
    const { run, curves } = await load<RunCurves>(ref);
    const curve = Object.prototype.hasOwnProperty.call(curves, metric) ? curves[metric] : undefined;
    if (curve) found.curves.set(run, curve);
    changed();
  }

  function knownOf(metric: string): Known {
    const before = known.get(metric);
    if (before) return before;
    const isOwn = panel.source !== "overview" && panel.data !== undefined;
    const made: Known = { waiting: isOwn ? [] : (entryOf(index, panel, metric)?.overviews ?? []), curves: new Map() };
    known.set(metric, made);
    if (isOwn && panel.data) void fetchOwn(metric, made, panel.data).catch(() => undefined);
    return made;
  }

  return {
    want(metrics, hidden) {
      for (const metric of metrics) {
        const found = knownOf(metric);
        const parts = found.waiting.filter((part) => isShown(part, hidden));
        if (parts.length) void fetchAll(found, parts);
      }
    },
    of: ({ run }, metric) => known.get(metric)?.curves.get(run) ?? null,
    isLoading: () => loading > 0,
    trouble: () => trouble,
  };
}

/** Lines of groups of runs instead of lines of runs: a center line each, and the band that tells how far its runs are apart. */
import type { Along, Entries } from "../chart/curve";
import { type GroupBand, type Statistic, groupBand } from "../chart/groups";
import type { DrawnLine, Scene } from "../chart/plot";
import { type Smoothing, smoothedEntries, smoothingUnit } from "../chart/smooth";
import { PALETTE_SIZE, runDash } from "../colour";
import { type Groups, columnLabels } from "../runs";
import type { LinePanel } from "../types";
import { BAND_NAMES } from "./band_names";
import type { PanelData, PanelLine } from "./line_data";
import type { PanelSettings } from "./settings";

/** What decides a band: as long as it is the same, so is the band. */
interface Choice {
  members: readonly Entries[];
  statistic: Statistic;
}

interface Made {
  choice: Choice;
  found: GroupBand;
  smooth: string;
  drawn: DrawnLine;
}

interface Member {
  line: PanelLine;
  entries: Entries;
}

function same(a: Choice, b: Choice): boolean {
  const equal = a.members.length === b.members.length && a.members.every((entries, index) => entries === b.members[index]);
  return equal && a.statistic.center === b.statistic.center && a.statistic.band === b.statistic.band;
}

/** The most raw points behind an entry of any member. */
function coarsest(members: readonly Member[]): number {
  return members.reduce((most, { entries }) => Math.max(most, entries.bucket), 1);
}

/** Entries as a plot draws them: the center as their value, the edges of the band as their extremes. */
function bandEntries({ x, center, low, high }: GroupBand, isBand: boolean, left: number): Entries {
  return { x, last: center, min: isBand ? low : null, max: isBand ? high : null, mean: null, bucket: 1, bad: new Map(), counts: null, left, unmatched: 0, joined: 1 };
}

/** The line of a group. Smoothing is for the center and for both edges, or the center would leave its band. */
function groupLine(look: Pick<DrawnLine, "key" | "name" | "colour" | "dash">, members: readonly Member[], found: GroupBand, isBand: boolean, smoothing: Omit<Smoothing, "unit">): DrawnLine {
  const left = members.reduce((sum, { entries: { left: own } }) => sum + own, 0);
  const entries = bandEntries(found, isBand, left);
  const rows = members.reduce((most, { line }) => Math.max(most, line.curve.rows), 0);
  const unit = smoothingUnit(found.x, rows);
  const even = (column: Float64Array) => {
    const whole = { ...entries, last: column };
    return smoothedEntries(whole, whole, { ...smoothing, unit }) ?? column;
  };
  const last = even(found.center);
  const area = isBand ? { x: found.x, last, min: even(found.low), max: even(found.high) } : null;
  return {
    run: -1,
    ...look,
    entries,
    smooth: smoothing.weight > 0 ? last : null,
    shape: { x: found.x, last, min: null, max: null },
    pale: false,
    band: isBand,
    group: {
      runs: new Set(members.map(({ line }) => line.run)),
      count: found.count,
      area,
      reduced: Math.max(coarsest(members), found.bucket),
    },
  };
}

export interface Grouper {
  /** a line for each group of the lines given, in the order of the groups */
  lines: (shown: readonly PanelLine[], settings: PanelSettings, along: Along, groups: Groups) => DrawnLine[];
}

/** Makes the lines of a panel's groups, and keeps those that the next picture can use again. */
export function createGrouper(panel: LinePanel, overview: (line: PanelLine, along: Along) => Entries): Grouper {
  const made = new Map<string, Made>();
  const many = panel.metrics.length > 1;
  return {
    lines(shown, settings, along, groups) {
      const gathered = new Map<string, { group: number; metric: number; members: Member[] }>();
      for (const line of shown) {
        const group = groups.of[line.run] ?? 0;
        const key = `${group}/${line.metric}`;
        const known = gathered.get(key) ?? { group, metric: line.metric, members: [] };
        known.members.push({ line, entries: overview(line, along) });
        gathered.set(key, known);
      }
      const ordered = [...gathered].sort(([, a], [, b]) => a.metric - b.metric || a.group - b.group);
      return ordered.map(([key, { group, metric, members }]) => {
        const { groupBy, center, band } = settings;
        const smooth = `${settings.smooth} ${settings.smoothBy}`;
        const id = [...groupBy, key].join("\0");
        const choice: Choice = { members: members.map(({ entries }) => entries), statistic: { center, band } };
        const before = made.get(id);
        const known = before && same(before.choice, choice) ? before : null;
        if (known?.smooth === smooth) return known.drawn;
        const name = groups.names[group] ?? "";
        const look = {
          key,
          name: many ? `${name} · ${panel.metrics[metric] ?? ""}` : name,
          colour: group,
          dash: runDash(many ? metric * PALETTE_SIZE : group),
        };
        const found = known?.found ?? groupBand(choice.members, choice.statistic);
        const drawn = groupLine(look, members, found, band !== "none", { weight: settings.smooth, by: settings.smoothBy });
        made.set(id, { choice, found, smooth, drawn });
        return drawn;
      });
    },
  };
}

/** The line under a plot of groups: what their lines and areas are, of what they were made. */
export function groupNote(scene: Scene, { runs }: PanelData, shown: readonly PanelLine[], settings: PanelSettings, gone: readonly string[]): string {
  const { groupBy, center, band } = settings;
  const count = new Set(shown.map(({ run }) => run)).size;
  const parts = [`${center}, ${BAND_NAMES[band]} · ${count} ${count === 1 ? "run" : "runs"} by ${columnLabels(runs, groupBy)}`];
  const reduced = scene.lines.reduce((most, { group }) => Math.max(most, group?.reduced ?? 1), 1);
  if (reduced > 1) parts.push(`means of up to ${reduced} points`);
  return [...parts, ...gone].join(" · ");
}

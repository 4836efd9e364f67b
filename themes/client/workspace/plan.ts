/** The panels that a project has without anybody's doing: one for each metric, in sections by prefix, and the charts of the build. */
import { kindOf } from "../panels/registry";
import type { MetricEntry, Panel, ProjectIndex } from "../types";
import type { AddedPanel, PlannedPanel, SectionPlan } from "./layout";

const COMPARE = "compare";
const SYSTEM = "system";
const UNPREFIXED = "metrics";

function metricPanel(index: ProjectIndex, entry: MetricEntry, source: "overview" | "system"): Panel {
  const { name, xName } = entry;
  return { kind: "line", title: name, project: index.project, metrics: [name], source, runs: null, ...(xName && { xName }) };
}

/** Before the others: the section of what the project is about. After them: what has no section. */
function rank(name: string, first: string): number {
  return name === first ? 0 : name === UNPREFIXED ? 2 : 1;
}

/**
 * The sections of a project: one for each prefix in the order of the metrics, the one of the metric `main` first; then
 * comparisons, and the system at the end.
 */
export function planSections(index: ProjectIndex, main = ""): SectionPlan[] {
  const taken = new Set<string>();
  // A number alone is the id of a panel that somebody added.
  const planned = (panel: Panel, name: string, kind: string): PlannedPanel => {
    let id = /^\d+$/.test(name) || taken.has(name) ? `${kind}:${name}` : name;
    while (taken.has(id)) id += "'";
    taken.add(id);
    return { id, panel };
  };
  const sections = new Map<string, PlannedPanel[]>();
  for (const entry of index.metrics) {
    if (entry.hidden) continue;
    const name = entry.section || UNPREFIXED;
    sections.set(name, [...(sections.get(name) ?? []), planned(metricPanel(index, entry, "overview"), entry.name, "metric")]);
  }
  const first = index.metrics.find(({ name }) => name === main)?.section || UNPREFIXED;
  const plans = [...sections]
    .map(([name, panels]) => ({ name, panels }))
    .sort((a, b) => rank(a.name, first) - rank(b.name, first));
  const extra = new Map<string, PlannedPanel[]>([[COMPARE, index.panels.map((panel) => planned(panel, panel.id ?? panel.title, "chart"))]]);
  const system = index.system.filter(({ hidden }) => !hidden).map((entry) => planned(metricPanel(index, entry, "system"), entry.name, SYSTEM));
  extra.set(SYSTEM, system);
  for (const [name, panels] of extra) {
    // Metrics may have these words for a prefix.
    const known = plans.find((plan) => plan.name === name);
    if (known) known.panels.push(...panels);
    else if (panels.length) plans.push({ name, panels });
  }
  return plans;
}

/** A panel that was added, with all that its kind needs; null for a kind that there is none of. */
export function completePanel(added: AddedPanel, index: ProjectIndex): Panel | null {
  const kind = kindOf(added.kind);
  if (!kind) return null;
  const panel = added as unknown as Panel;
  const whole = { ...panel, ...kind.complete?.(panel, index) } as Panel;
  const title = typeof added["title"] === "string" && added["title"] ? added["title"] : kind.title(whole);
  return { ...whole, title } as Panel;
}

/** The fields of a panel of the plan, as if somebody had added it; null for a chart of the build. */
export function asAdded(panel: Panel): AddedPanel | null {
  return panel.kind === "line" ? { kind: "line", metrics: panel.metrics } : null;
}

/** What an address or a view asks for that this project does not have, in words. Nothing of it breaks the page. */
import { type Field, kindOf } from "../panels/registry";
import type { Panel, ProjectIndex, RunsData } from "../types";
import type { AddedPanel, Layout, PanelValue, SectionPlan } from "./layout";

const MOST = 5;

function names(value: PanelValue | undefined): string[] {
  return typeof value === "object" ? [...value] : value === undefined || value === "" ? [] : [String(value)];
}

/** What is wrong with a panel that somebody added; null when nothing is. */
export function panelProblem(panel: AddedPanel, index: ProjectIndex, runs: RunsData): string | null {
  const kind = kindOf(panel.kind);
  if (!kind?.fields.length) return `There is no kind of panel “${panel.kind}”.`;
  const fields = new Map<string, Field>(kind.fields.map((field) => [field.name, field]));
  const odd = Object.keys(panel).find((name) => name !== "kind" && name !== "title" && !fields.has(name));
  if (odd) return `A panel of the kind “${panel.kind}” has no “${odd}”.`;
  const missing = kind.fields.find((field) => field.required && names(panel[field.name]).every((name) => !name));
  if (missing) return `A panel of the kind “${panel.kind}” needs “${missing.name}”.`;
  const lacks = kind.lacks?.(panel as unknown as Panel);
  if (lacks) return `A panel of the kind “${panel.kind}” needs ${lacks}.`;
  const metrics = new Set([...index.metrics, ...index.system].map(({ name }) => name));
  const columns = new Set(runs.columns.map(({ key }) => key));
  for (const { name, of } of kind.fields) {
    const isColumn = of === "column" || of === "columns";
    if (!isColumn && of !== "metric" && of !== "metrics") continue;
    const gone = names(panel[name]).find((one) => !(isColumn ? columns : metrics).has(one));
    if (gone) return `No run has the ${isColumn ? "column" : "metric"} “${gone}”.`;
  }
  return null;
}

/** What is wrong with a layout. */
export function layoutProblems(plan: readonly SectionPlan[], layout: Layout, index: ProjectIndex, runs: RunsData): string[] {
  const planned = new Set(plan.flatMap(({ panels }) => panels.map(({ id }) => id)));
  const gone = [...layout.panels.filter(({ panel }) => !panel).map(({ id }) => id), ...layout.removed].filter((id) => !planned.has(id));
  const broken = layout.panels.flatMap(({ panel }) => (panel ? (panelProblem(panel, index, runs) ?? []) : []));
  const all = [...new Set([...broken, ...gone.map((id) => `There is no panel “${id}” any more.`)])];
  return all.length > MOST ? [...all.slice(0, MOST), `And ${all.length - MOST} more.`] : all;
}


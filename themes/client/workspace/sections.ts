/** The panels of a workspace in sections by metric prefix. A folded section has no panels at all. */
import { element } from "../elements";
import { icon } from "../icons";
import { type PanelContext, mountPanel } from "../panels/registry";
import type { Store } from "../store";
import type { MetricEntry, Panel, ProjectIndex } from "../types";
import type { WorkspaceState } from "./state";

export interface SectionPlan {
  name: string;
  panels: Panel[];
}

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
  const sections = new Map<string, Panel[]>();
  for (const entry of index.metrics) {
    if (entry.hidden) continue;
    const name = entry.section || UNPREFIXED;
    sections.set(name, [...(sections.get(name) ?? []), metricPanel(index, entry, "overview")]);
  }
  const first = index.metrics.find(({ name }) => name === main)?.section || UNPREFIXED;
  const plans = [...sections]
    .map(([name, panels]) => ({ name, panels }))
    .sort((a, b) => rank(a.name, first) - rank(b.name, first));
  const system = index.system.filter(({ hidden }) => !hidden).map((entry) => metricPanel(index, entry, "system"));
  return [...plans, { name: COMPARE, panels: index.panels }, { name: SYSTEM, panels: system }].filter(({ panels }) => panels.length);
}

/** A test for the titles of panels: a regular expression, or plain text while it is none. */
export function metricTest(search: string): (title: string) => boolean {
  try {
    const pattern = new RegExp(search, "i");
    return (title) => pattern.test(title);
  } catch {
    return (title) => title.toLowerCase().includes(search.toLowerCase());
  }
}

interface Mounted {
  host: HTMLElement;
  panel: Panel;
  remove: () => void;
}

function mount(grid: HTMLElement, panel: Panel, context: PanelContext): Mounted {
  const host = element("div", { class: "panel-host" });
  grid.append(host);
  return { host, panel, remove: mountPanel(host, panel, context) };
}

function createSection(plan: SectionPlan, context: PanelContext, store: Store<WorkspaceState>): HTMLElement {
  const grid = element("div", { class: "panels" });
  const count = element("span", { class: "count" });
  const fold = element("button", { type: "button", class: "section-fold" }, icon("chevronDown"), plan.name, count);
  const root = element("section", { class: "panel-section", "aria-label": plan.name }, element("h2", {}, fold), grid);
  let mounted: Mounted[] = [];

  function update(): void {
    const { folded, metrics } = store.get();
    const matches = metricTest(metrics);
    const shown = plan.panels.filter((panel) => matches(panel.title));
    // Who searches wants to see what is found.
    const isFolded = folded.has(plan.name) && !metrics;
    root.hidden = shown.length === 0;
    count.textContent = String(shown.length);
    fold.setAttribute("aria-expanded", String(!isFolded));
    grid.hidden = isFolded;
    if (isFolded || root.hidden) {
      for (const { host, remove } of mounted) {
        remove();
        host.remove();
      }
      mounted = [];
      return;
    }
    if (!mounted.length) mounted = plan.panels.map((panel) => mount(grid, panel, context));
    for (const { host, panel } of mounted) host.hidden = !matches(panel.title);
  }

  fold.addEventListener("click", () => {
    const folded = new Set(store.get().folded);
    if (!folded.delete(plan.name)) folded.add(plan.name);
    store.set({ folded });
  });
  store.subscribe((state, before) => {
    if (state.folded !== before.folded || state.metrics !== before.metrics) update();
  });
  update();
  return root;
}

/** All sections, and a word when the search finds no metric. */
export function createSections(context: PanelContext, main: string, store: Store<WorkspaceState>): HTMLElement {
  const plans = planSections(context.index, main);
  const nothing = element("p", { class: "workbench-nothing" });
  const update = () => {
    const { metrics } = store.get();
    const matches = metricTest(metrics);
    const found = plans.some(({ panels }) => panels.some((panel) => matches(panel.title)));
    nothing.hidden = found;
    nothing.textContent = plans.length ? `No metric matches “${metrics}”.` : "These runs have logged no metrics.";
  };
  store.subscribe(update);
  update();
  return element("div", { class: "panel-sections" }, ...plans.map((plan) => createSection(plan, context, store)), nothing);
}

/** Every metric that one of the runs has logged, with a line for each of them. */
import { element } from "../elements";
import { inWords } from "../errors";
import { icon } from "../icons";
import { KINDS } from "../panels/registry";
import { panelSettings } from "../panels/settings";
import { createStore } from "../store";
import type { LinePanel, XAxis } from "../types";
import type { PlannedPanel } from "../workspace/layout";
import { planSections } from "../workspace/plan";
import { metricTest } from "../workspace/search";
import type { CompareContext, PartView } from "./context";
import type { CompareState } from "./state";

const AXES: readonly (readonly [XAxis, string])[] = [
  ["step", "step"],
  ["relative", "relative time"],
  ["wall", "wall time"],
];

/** The controls of all panels. */
function toolbar({ store }: CompareContext): HTMLElement {
  const search = element("input", { class: "input", type: "search", placeholder: "metrics (regex)", "aria-label": "Show metrics that match a regular expression", spellcheck: "false" });
  search.value = store.get().metrics;
  search.addEventListener("input", () => store.set({ metrics: search.value }));
  const axis = element("select", { class: "select" }, ...AXES.map(([value, label]) => element("option", { value }, label)));
  axis.value = store.get().x;
  axis.addEventListener("change", () => store.set({ x: axis.value as XAxis }));
  const smooth = element("input", { type: "range", min: 0, max: 0.99, step: 0.01, "aria-label": "Smoothing" });
  const output = element("output", { class: "tool-value" });
  smooth.value = String(store.get().smooth);
  const showSmooth = () => void (output.textContent = store.get().smooth ? store.get().smooth.toFixed(2) : "off");
  smooth.addEventListener("input", () => {
    store.set({ smooth: Number(smooth.value) });
    showSmooth();
  });
  showSmooth();
  const log = element("button", { type: "button", class: "button", "aria-pressed": String(store.get().logY) }, "log y");
  log.addEventListener("click", () => {
    store.set({ logY: !store.get().logY });
    log.setAttribute("aria-pressed", String(store.get().logY));
  });
  return element(
    "div",
    { class: "compare-bar" },
    element("div", { class: "search-box" }, icon("search"), search),
    element("label", { class: "tool" }, "x ", axis),
    element("label", { class: "tool tool-smooth" }, "smooth ", smooth, output),
    log,
  );
}

/** The line panels among those of a section. */
function linesOf(panels: readonly PlannedPanel[]): LinePanel[] {
  return panels.flatMap(({ panel }) => (panel.kind === "line" ? [panel] : []));
}

/** The part with all panels. It is made anew when other runs are chosen. */
export function metricsPart(context: CompareContext): PartView {
  const { index, runs, store } = context;
  const chosen = context.chosen().runs;
  const ids = chosen.map((run) => runs.ids[run] ?? "");
  const root = element("div", { class: "compare-metrics" }, toolbar(context));
  const removes: (() => void)[] = [];
  const settings = createStore(panelSettings({ kind: "line", title: "", project: index.project, metrics: [], source: "overview", runs: ids }));
  const view = ({ x, smooth, logY }: CompareState) => settings.set({ ...(x === settings.get().x ? {} : { zoom: null, zooms: new Map() }), x, smooth, logY });
  view(store.get());
  removes.push(store.subscribe(view));

  function addSection(name: string, panels: readonly LinePanel[]): void {
    const grid = element("div", { class: "panels" });
    const count = element("span", { class: "count" }, String(panels.length));
    const fold = element("button", { type: "button", class: "section-fold" }, icon("chevronDown"), name, count);
    const section = element("section", { class: "panel-section", "aria-label": name }, element("h2", {}, fold), grid);
    const hosts = panels.map((panel) => ({ panel, host: element("div", { class: "panel-host" }), remove: null as (() => void) | null }));
    // As in the workspace, the machine waits until somebody asks.
    let open = name !== "system";
    grid.append(...hosts.map(({ host }) => host));
    function update(): void {
      const matches = metricTest(store.get().metrics);
      const shown = hosts.filter(({ panel }) => matches(panel.title));
      const isOpen = open || Boolean(store.get().metrics);
      section.hidden = !shown.length;
      count.textContent = String(shown.length);
      fold.setAttribute("aria-expanded", String(isOpen));
      grid.hidden = !isOpen;
      for (const one of hosts) {
        one.host.hidden = !matches(one.panel.title);
        if (isOpen && !one.host.hidden) one.remove ??= KINDS.line.mount(one.host, { ...one.panel, runs: ids }, { settings });
      }
    }
    fold.addEventListener("click", () => {
      open = !open;
      update();
    });
    removes.push(
      store.subscribe((state, before) => {
        if (state.metrics !== before.metrics) update();
      }),
      () => hosts.forEach(({ remove }) => remove?.()),
    );
    update();
    root.append(section);
  }

  let left = false;
  void Promise.all(chosen.map(context.details)).then(
    (details) => {
      if (left) return;
      // Of a run that nothing is known of it may be any.
      const logged = details.includes(null) ? null : new Set(details.flatMap((run) => [...(run?.metrics ?? []), ...(run?.system ?? [])]));
      const groups = planSections(index, index.column.replace(/^summary\./, "")).map(({ name, panels }) => ({ name, panels: linesOf(panels).filter(({ metrics }) => !logged || metrics.some((metric) => logged.has(metric))) }));
      for (const { name, panels } of groups) if (panels.length) addSection(name, panels);
      const nothing = element("p", { class: "workbench-nothing" });
      const say = () => {
        const shown = groups.flatMap(({ panels }) => panels).some(({ title }) => metricTest(store.get().metrics)(title));
        nothing.hidden = shown;
        nothing.textContent = logged?.size === 0 ? "These runs have logged no metrics." : `No metric matches “${store.get().metrics}”.`;
      };
      removes.push(store.subscribe(say));
      say();
      root.append(nothing);
    },
    (error: unknown) => root.append(element("p", { class: "notice", "data-kind": "error" }, inWords(error))),
  );
  return {
    root,
    leave: () => {
      left = true;
      for (const remove of removes) remove();
    },
  };
}

/** The bar above the panels: which metrics, along which x, how smooth. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Store } from "../store";
import type { XAxis } from "../types";
import type { WorkspaceState } from "./state";

export interface Toolbar {
  root: HTMLElement;
  focusSearch: () => void;
}

const AXES: readonly (readonly [XAxis, string])[] = [
  ["step", "step"],
  ["relative", "relative time"],
  ["wall", "wall time"],
];
const SMOOTHEST = 0.99;

/** Keeps a control in step with the state. */
function follow(store: Store<WorkspaceState>, show: (state: WorkspaceState) => void): void {
  store.subscribe(show);
  show(store.get());
}

function axisChoice(store: Store<WorkspaceState>): HTMLElement {
  const made = element("select", { class: "select" }, ...AXES.map(([value, label]) => element("option", { value }, label)));
  made.addEventListener("change", () => store.set({ x: made.value as XAxis, zoom: null, zooms: new Map() }));
  follow(store, ({ x }) => void (made.value = x));
  return element("label", { class: "tool" }, "x ", made);
}

function smoothing(store: Store<WorkspaceState>): HTMLElement {
  const slider = element("input", { type: "range", min: 0, max: SMOOTHEST, step: 0.01, "aria-label": "Smoothing" });
  const value = element("output", { class: "tool-value" });
  slider.addEventListener("input", () => store.set({ smooth: Number(slider.value) }));
  follow(store, ({ smooth }) => {
    slider.value = String(smooth);
    value.textContent = smooth ? smooth.toFixed(2) : "off";
  });
  return element("label", { class: "tool tool-smooth" }, "smooth ", slider, value);
}

function search(store: Store<WorkspaceState>): HTMLInputElement {
  const made = element("input", {
    class: "input",
    type: "search",
    placeholder: "metrics (regex)",
    "aria-label": "Show metrics that match a regular expression",
    spellcheck: "false",
  });
  made.addEventListener("input", () => store.set({ metrics: made.value }));
  made.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    store.set({ metrics: "" });
    made.blur();
  });
  follow(store, ({ metrics }) => {
    if (made.value !== metrics) made.value = metrics;
  });
  return made;
}

/** The toolbar. `openList` brings the run list back; `tools` are those for groups and those for views, which have the end. */
export function createToolbar(
  store: Store<WorkspaceState>,
  count: () => string,
  openList: () => void,
  tools: { groups: HTMLElement; views: HTMLElement },
): Toolbar {
  const input = search(store);
  const logX = element("button", { type: "button", class: "button" }, "log x");
  logX.addEventListener("click", () => store.set({ logX: !store.get().logX }));
  const logY = element("button", { type: "button", class: "button" }, "log y");
  logY.addEventListener("click", () => store.set({ logY: !store.get().logY }));
  const reset = button("Reset zoom, smoothing, axes and search", icon("rotate"), () =>
    store.set({ zoom: null, zooms: new Map(), x: "step", smooth: 0, logX: false, logY: false, metrics: "" }),
  );
  reset.className = "icon-button";
  const open = element("button", { type: "button", class: "button tool-runs", title: "Show the run list" }, icon("panelLeft"));
  const openCount = element("span");
  open.append(openCount);
  open.addEventListener("click", openList);
  follow(store, (state) => {
    logX.setAttribute("aria-pressed", String(state.logX));
    // Wall time has no first moment.
    logX.disabled = state.x === "wall";
    logY.setAttribute("aria-pressed", String(state.logY));
    const scaled = state.smooth || state.logX || state.logY;
    const touched = state.zoom || state.zooms.size || state.x !== "step" || scaled || state.metrics;
    reset.hidden = !touched;
    openCount.textContent = `Runs ${count()}`;
  });
  const root = element(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "Panels" },
    open,
    element("div", { class: "search-box" }, icon("search"), input),
    axisChoice(store),
    smoothing(store),
    logX,
    logY,
    tools.groups,
    reset,
    tools.views,
  );
  return {
    root,
    focusSearch: () => {
      input.focus();
      input.select();
    },
  };
}

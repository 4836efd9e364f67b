/** The tools for line panels: along which x, how smooth, on which scales, with or without outliers and a common zoom. */
import { element } from "../elements";
import { FIRST_SETTINGS, type PanelSettings, metricChoice, metricOf } from "../panels/settings";
import type { Store } from "../store";
import type { ProjectIndex, SmoothKind, XAxis, XChoice } from "../types";
import type { WorkspaceState } from "./state";

const AXES: readonly (readonly [XAxis, string])[] = [
  ["step", "step"],
  ["relative", "relative time"],
  ["wall", "wall time"],
];
const SMOOTHINGS: readonly (readonly [SmoothKind, string])[] = [
  ["ema", "moving average"],
  ["gaussian", "Gaussian"],
  ["mean", "running mean"],
];
const SMOOTHEST = 0.99;

const SET_HERE = ["zoom", "zooms", "zoomAlone", "x", "smooth", "smoothBy", "logX", "logY", "ignoreOutliers"] as const;

/** What these tools set, as it is at first. */
export const FIRST_LINES = Object.fromEntries(SET_HERE.map((name) => [name, FIRST_SETTINGS[name]])) as Pick<PanelSettings, (typeof SET_HERE)[number]>;

/** Whether something is not as it is at first. */
export function isTouched(state: WorkspaceState): boolean {
  const { zooms, ...plain } = FIRST_LINES;
  const names = Object.keys(plain) as (keyof typeof plain)[];
  return state.zooms.size > zooms.size || names.some((name) => state[name] !== plain[name]);
}

/** Keeps a control in step with the state. */
export function follow(store: Store<WorkspaceState>, show: (state: WorkspaceState) => void): void {
  store.subscribe(show);
  show(store.get());
}

function option(value: string, label: string): HTMLOptionElement {
  return element("option", { value }, label);
}

function axisChoice(index: ProjectIndex, store: Store<WorkspaceState>): HTMLElement {
  const names = index.metrics.filter(({ hidden }) => !hidden).map(({ name }) => name);
  const metrics = element("optgroup", { label: "metric" }, ...names.map((name) => option(metricChoice(name), name)));
  const other = element("option", { hidden: true });
  const made = element("select", { class: "select" }, ...AXES.map(([value, label]) => option(value, label)), names.length ? metrics : null, other);
  made.addEventListener("change", () => store.set({ x: made.value as XChoice, zoom: null, zooms: new Map() }));
  follow(store, ({ x }) => {
    const name = metricOf(x);
    // An address may name a metric that is not offered.
    if (name && !names.includes(name)) {
      other.value = x;
      other.textContent = name;
    }
    made.value = x;
  });
  return element("label", { class: "tool tool-x" }, "x ", made);
}

function smoothing(store: Store<WorkspaceState>): HTMLElement {
  const slider = element("input", { type: "range", min: 0, max: SMOOTHEST, step: 0.01, "aria-label": "Smoothing" });
  const value = element("output", { class: "tool-value" });
  const kind = element("select", { class: "select tool-kind", "aria-label": "Kind of smoothing" }, ...SMOOTHINGS.map(([key, label]) => option(key, label)));
  slider.addEventListener("input", () => store.set({ smooth: Number(slider.value) }));
  kind.addEventListener("change", () => store.set({ smoothBy: kind.value as SmoothKind }));
  follow(store, ({ smooth, smoothBy }) => {
    slider.value = String(smooth);
    value.textContent = smooth ? smooth.toFixed(2) : "off";
    kind.value = smoothBy;
    // It says nothing while nothing is smooth.
    kind.hidden = smooth === 0 && smoothBy === "ema";
  });
  return element("div", { class: "tool" }, element("label", { class: "tool tool-smooth" }, "smooth ", slider, value), kind);
}

/** A button that turns something on and off. */
function toggle(text: string, title: string, store: Store<WorkspaceState>, name: "logX" | "logY" | "ignoreOutliers" | "zoomAlone", isOn = true): HTMLButtonElement {
  const made = element("button", { type: "button", class: "button", title }, text);
  made.addEventListener("click", () => store.set({ [name]: !store.get()[name] }));
  follow(store, (state) => void made.setAttribute("aria-pressed", String(state[name] === isOn)));
  return made;
}

/** The tools in their order. */
export function lineTools(index: ProjectIndex, store: Store<WorkspaceState>): HTMLElement[] {
  const logX = toggle("log x", "Logarithmic x axis", store, "logX");
  // Wall time has no first moment.
  follow(store, ({ x }) => void (logX.disabled = x === "wall"));
  const switches = [
    logX,
    toggle("log y", "Logarithmic y axis", store, "logY"),
    toggle("ignore outliers", "Choose y axes by what is no outlier; marks show where a line leaves the plot", store, "ignoreOutliers"),
    toggle("sync zoom", "Zoom all panels together", store, "zoomAlone", false),
  ];
  return [axisChoice(index, store), smoothing(store), element("div", { class: "tool tool-switches" }, ...switches)];
}

/** The tools for groups: by which column, and once there is one, which center and which band. */
import { element } from "../elements";
import { BAND_NAMES } from "../panels/group_lines";
import { columnLabel } from "../runs";
import type { Store } from "../store";
import type { BandKind, Center, RunsData } from "../types";
import { type Choice, groupColumns } from "./order";
import type { WorkspaceState } from "./state";

const CENTERS: readonly Center[] = ["mean", "median"];

function options(choices: readonly Choice[]): HTMLElement[] {
  return choices.map(({ key, label }) => element("option", { value: key }, label));
}

/** A select that says what it is about to those who cannot see where it stands. */
function select(label: string, content: readonly HTMLElement[], choose: (value: string) => void): HTMLSelectElement {
  const made = element("select", { class: "select", "aria-label": label }, ...content);
  made.addEventListener("change", () => choose(made.value));
  return made;
}

/** The choices of a group and its statistic. */
export function groupTools(runs: RunsData, store: Store<WorkspaceState>): HTMLElement {
  const { run, config } = groupColumns(runs);
  const known = new Set([...run, ...config].map(({ key }) => key));
  // An address or a view may name any other column, and says so here.
  const other = element("option", { hidden: true });
  const keys = [
    element("option", { value: "" }, "none"),
    ...options(run),
    ...(config.length ? [element("optgroup", { label: "config" }, ...options(config))] : []),
    other,
  ];
  const by = select("Group runs by", keys, (groupBy) => store.set({ groupBy }));
  const center = select("Center of a group", options(CENTERS.map((key) => ({ key, label: key }))), (value) => store.set({ center: value as Center }));
  const bands = Object.entries(BAND_NAMES).map(([key, label]) => ({ key, label }));
  const band = select("Band of a group", options(bands), (value) => store.set({ band: value as BandKind }));
  const root = element("div", { class: "tool tool-group" }, element("span", { "aria-hidden": "true" }, "group"), by, center, band);
  const show = () => {
    const state = store.get();
    if (state.groupBy && !known.has(state.groupBy)) {
      other.value = state.groupBy;
      other.textContent = columnLabel(runs, state.groupBy);
    }
    by.value = state.groupBy;
    center.value = state.center;
    band.value = state.band;
    center.hidden = band.hidden = !state.groupBy;
    root.classList.toggle("tool-grouped", Boolean(state.groupBy));
  };
  store.subscribe(show);
  show();
  return root;
}

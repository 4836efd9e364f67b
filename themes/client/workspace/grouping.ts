/** The tools for groups: by which column, and once there is one, which center and which band. */
import { element } from "../elements";
import { BAND_NAMES } from "../panels/band_names";
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

/** A choice of one of the keys that make groups; more than one stand in a row. */
interface KeyChoice {
  root: HTMLSelectElement;
  show: (key: string) => void;
}

function keyChoice(runs: RunsData, isFirst: boolean, choose: (key: string) => void): KeyChoice {
  const { run, config } = groupColumns(runs);
  const known = new Set([...run, ...config].map(({ key }) => key));
  // An address or a view may name any other column, and says so here.
  const other = element("option", { hidden: true });
  const keys = [
    element("option", { value: "" }, isFirst ? "none" : "and …"),
    ...options(run),
    ...(config.length ? [element("optgroup", { label: "config" }, ...options(config))] : []),
    other,
  ];
  const root = select(isFirst ? "Group runs by" : "And by", keys, choose);
  return {
    root,
    show(key) {
      if (key && !known.has(key)) {
        other.value = key;
        other.textContent = columnLabel(runs, key);
      }
      root.value = key;
      root.classList.toggle("select-empty", !key);
    },
  };
}

/** The keys of groups: after the last one that is chosen there is room for another. */
function keyChoices(runs: RunsData, store: Store<WorkspaceState>): HTMLElement {
  const root = element("span", { class: "tool-keys" });
  const made: KeyChoice[] = [];
  const choose = (place: number) => (key: string) => {
    const before = store.get().groupBy;
    const keys = [...before.slice(0, place), ...(key ? [key] : []), ...before.slice(place + 1)];
    // The same key twice makes no other groups.
    store.set({ groupBy: keys.filter((each, index) => keys.indexOf(each) === index) });
    show();
  };
  const show = () => {
    const { groupBy } = store.get();
    while (made.length < groupBy.length + 1) {
      const next = keyChoice(runs, made.length === 0, choose(made.length));
      made.push(next);
      root.append(next.root);
    }
    for (const unused of made.splice(groupBy.length + 1)) unused.root.remove();
    made.forEach((one, place) => one.show(groupBy[place] ?? ""));
  };
  store.subscribe(show);
  show();
  return root;
}

/** The choices of a group and its statistic. */
export function groupTools(runs: RunsData, store: Store<WorkspaceState>): HTMLElement {
  const center = select("Center of a group", options(CENTERS.map((key) => ({ key, label: key }))), (value) => store.set({ center: value as Center }));
  const bands = Object.entries(BAND_NAMES).map(([key, label]) => ({ key, label }));
  const band = select("Band of a group", options(bands), (value) => store.set({ band: value as BandKind }));
  const root = element("div", { class: "tool tool-group" }, element("span", { "aria-hidden": "true" }, "group"), keyChoices(runs, store), center, band);
  const show = () => {
    const state = store.get();
    const isGrouped = state.groupBy.length > 0;
    center.value = state.center;
    band.value = state.band;
    center.hidden = band.hidden = !isGrouped;
    root.classList.toggle("tool-grouped", isGrouped);
  };
  store.subscribe(show);
  show();
  return root;
}

/** The left side of the workspace: which runs there are, which are shown, and in which order and colours. */
import { button, element } from "../elements";
import { inWords } from "../errors";
import { icon } from "../icons";
import { compileFilter } from "../query";
import type { Store } from "../store";
import type { RunsData } from "../types";
import { type Choice, configColumns, orderedRuns, valueColumns } from "./order";
import { type RunRows, createRunRows } from "./run_rows";
import type { WorkspaceState } from "./state";

export interface RunList {
  root: HTMLElement;
  rows: RunRows;
  /** "24 of 30 runs": how many are drawn */
  count: () => string;
}

function options(choices: readonly Choice[], group?: string): HTMLElement[] {
  const made = choices.map(({ key, label }) => element("option", { value: key }, label));
  return group && made.length ? [element("optgroup", { label: group }, ...made)] : made;
}

/** A select that shows a field of the state and sets it. */
function select(label: string, field: "column" | "colorBy" | "sort", store: Store<WorkspaceState>, content: HTMLElement[]): HTMLElement {
  const made = element("select", { class: "select" }, ...content);
  const read = () => (field === "sort" ? store.get().sort.replace(/^-/, "") : store.get()[field]);
  const show = () => void (made.value = read());
  made.addEventListener("change", () => {
    // What matters most is mostly the greatest, and names read from A.
    const sort = made.value.startsWith("summary.") ? `-${made.value}` : made.value;
    store.set(field === "sort" ? { sort } : { [field]: made.value });
  });
  store.subscribe(show);
  show();
  return element("label", { class: "run-choice" }, element("span", {}, label), made);
}

function choices(runs: RunsData, store: Store<WorkspaceState>): HTMLElement {
  const values = valueColumns(runs);
  const config = configColumns(runs);
  const turn = button("Turn the order around", icon("arrowDownUp"), () => {
    const { sort } = store.get();
    store.set({ sort: sort === "" ? "started" : sort.startsWith("-") ? sort.slice(1) : `-${sort}` });
  });
  turn.className = "icon-button";
  const sort = select("sort", "sort", store, [
    ...options([
      { key: "", label: "newest" },
      { key: "started", label: "oldest" },
      { key: "name", label: "name" },
      { key: "state", label: "state" },
    ]),
    ...options(values, "summary"),
    ...options(config, "config"),
  ]);
  sort.append(turn);
  return element(
    "div",
    { class: "run-choices" },
    select("value", "column", store, [element("option", { value: "" }, "none"), ...options(values)]),
    select("colour", "colorBy", store, [
      element("option", { value: "" }, "by run"),
      ...options([
        { key: "state", label: "state" },
        { key: "group", label: "group" },
      ]),
      ...options(config, "config"),
    ]),
    sort,
  );
}

interface Filter {
  parts: HTMLElement[];
  /** the runs that the filter lets through */
  passing: () => ReadonlySet<number>;
  /** Reads the filter again. */
  apply: () => void;
}

function createFilter(runs: RunsData, store: Store<WorkspaceState>): Filter {
  const input = element("input", {
    class: "input",
    type: "search",
    placeholder: "filter: name, tag, config.lr < 0.01",
    "aria-label": "Filter runs by name, tag or expression",
    spellcheck: "false",
  });
  const problem = element("p", { class: "run-problem", role: "status" });
  const every = runs.ids.map((_, run) => run);
  let passing: ReadonlySet<number> = new Set(every);

  function apply(): void {
    const { filter } = store.get();
    if (input.value !== filter) input.value = filter;
    problem.textContent = "";
    try {
      passing = new Set(every.filter(compileFilter(filter, runs)));
    } catch (error) {
      // What is being typed is often not finished: the last filter that worked stays.
      problem.textContent = inWords(error);
    }
    input.setAttribute("aria-invalid", String(Boolean(problem.textContent)));
  }

  input.addEventListener("input", () => store.set({ filter: input.value }));
  const box = element("div", { class: "search-box" }, icon("search"), input);
  return { parts: [box, problem], passing: () => passing, apply };
}

/** Heading with the count, the buttons for all and none of the runs that pass, the button that folds the list. */
function createHead(passing: Filter["passing"], store: Store<WorkspaceState>): { root: HTMLElement; heading: HTMLElement } {
  const heading = element("h2", { class: "run-heading" });
  const setAll = (label: string, shown: boolean) => {
    const made = element("button", { type: "button", class: "link-button" }, label);
    made.addEventListener("click", () => {
      const closed = new Set(store.get().closed);
      for (const run of passing()) {
        if (shown) closed.delete(run);
        else closed.add(run);
      }
      store.set({ closed });
    });
    return made;
  };
  const fold = button("Fold the run list away", icon("panelLeft"), () => store.set({ list: false }));
  fold.className = "icon-button run-fold";
  const all = element("span", { class: "run-all" }, setAll("all", true), " · ", setAll("none", false));
  return { root: element("div", { class: "run-head" }, heading, all, fold), heading };
}

/** The run list of a workspace. It also keeps `hidden` up to date: closed eyes, and what the filter leaves out. */
export function createRunList(project: string, runs: RunsData, store: Store<WorkspaceState>): RunList {
  const box = element("div", { class: "run-scroll" });
  const rows = createRunRows(box, project, runs, store);
  const filter = createFilter(runs, store);
  const head = createHead(filter.passing, store);
  const every = runs.ids.map((_, run) => run);
  const count = () => `${every.length - store.get().hidden.size} of ${every.length}`;

  function applyHidden(): void {
    const { closed } = store.get();
    const passing = filter.passing();
    store.set({ hidden: new Set(every.filter((run) => closed.has(run) || !passing.has(run))) });
  }
  const applyOrder = () => rows.show(orderedRuns(runs, store.get().sort, (run) => filter.passing().has(run)));
  const showCount = () => head.heading.replaceChildren("Runs ", element("span", { class: "count" }, count()));

  store.subscribe((state, before) => {
    const changed = (...fields: (keyof WorkspaceState)[]) => fields.some((field) => state[field] !== before[field]);
    if (changed("filter", "complete")) filter.apply();
    if (changed("filter", "closed", "complete")) applyHidden();
    if (changed("filter", "sort", "complete")) applyOrder();
    if (changed("closed", "column", "colorBy", "groupBy", "complete")) rows.refresh();
    if (changed("hidden")) showCount();
  });
  filter.apply();
  applyHidden();
  applyOrder();
  showCount();
  const root = element("aside", { class: "run-list", "aria-label": "Runs" }, head.root, ...filter.parts, box, choices(runs, store));
  return { root, rows, count };
}

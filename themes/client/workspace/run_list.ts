/** The left side of the workspace: which runs there are, which are shown, and in which order and colours. */
import { button, element } from "../elements";
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
  focusFilter: () => void;
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

/** The run list of a workspace. It also keeps `hidden` up to date: closed eyes, and what the filter leaves out. */
export function createRunList(project: string, runs: RunsData, store: Store<WorkspaceState>): RunList {
  const total = runs.ids.length;
  const filter = element("input", {
    class: "input",
    type: "search",
    placeholder: "filter: name, tag, config.lr < 0.01",
    "aria-label": "Filter runs by name, tag or expression",
    spellcheck: "false",
  });
  const problem = element("p", { class: "run-problem", role: "status" });
  const box = element("div", { class: "run-scroll" });
  const heading = element("h2", { class: "run-heading" });
  const rows = createRunRows(box, project, runs, store);
  let passing: readonly number[] = [];
  let passes: (run: number) => boolean = () => true;

  const setAll = (shown: boolean) => {
    const closed = new Set(store.get().closed);
    for (const run of passing) {
      if (shown) closed.delete(run);
      else closed.add(run);
    }
    store.set({ closed });
  };

  function applyFilter(): void {
    const { filter: text } = store.get();
    if (filter.value !== text) filter.value = text;
    try {
      passes = compileFilter(text, runs);
      passing = runs.ids.map((_, run) => run).filter(passes);
      problem.textContent = "";
    } catch (error) {
      // What is being typed is often not finished: the last filter that worked stays.
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
    filter.setAttribute("aria-invalid", String(Boolean(problem.textContent)));
  }

  function applyHidden(): void {
    const within = new Set(passing);
    const { closed } = store.get();
    store.set({ hidden: new Set(runs.ids.map((_, run) => run).filter((run) => closed.has(run) || !within.has(run))) });
  }

  const applyOrder = () => rows.show(orderedRuns(runs, store.get().sort, (run) => passes(run)));
  const count = () => `${total - store.get().hidden.size} of ${total}`;
  const showCount = () => heading.replaceChildren("Runs ", element("span", { class: "count" }, count()));

  store.subscribe((state, before) => {
    if (state.filter !== before.filter) applyFilter();
    if (state.filter !== before.filter || state.closed !== before.closed) applyHidden();
    if (state.filter !== before.filter || state.sort !== before.sort) applyOrder();
    if (state.closed !== before.closed || state.column !== before.column || state.colorBy !== before.colorBy) rows.refresh();
    if (state.hidden !== before.hidden) showCount();
  });
  applyFilter();
  applyHidden();
  applyOrder();
  showCount();
  filter.addEventListener("input", () => store.set({ filter: filter.value }));

  const all = element("button", { type: "button", class: "link-button" }, "all");
  const none = element("button", { type: "button", class: "link-button" }, "none");
  all.addEventListener("click", () => setAll(true));
  none.addEventListener("click", () => setAll(false));
  const fold = button("Fold the run list away", icon("panelLeft"), () => store.set({ list: false }));
  fold.className = "icon-button run-fold";
  const head = element("div", { class: "run-head" }, heading, element("span", { class: "run-all" }, all, " · ", none), fold);
  const search = element("div", { class: "search-box" }, icon("search"), filter);
  const root = element("aside", { class: "run-list", "aria-label": "Runs" }, head, search, problem, box, choices(runs, store));
  return { root, rows, count, focusFilter: () => filter.focus() };
}

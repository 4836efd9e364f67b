/** The searchable list of runs from which one is added to those that are compared. */
import { pageUrl } from "../data";
import { element } from "../elements";
import { inWords } from "../errors";
import { swatch } from "../chart/swatch";
import { runDash } from "../colour";
import { icon } from "../icons";
import { compileFilter } from "../query";
import { cellText, columnNumbers, lowerIsBetter } from "../table/columns";
import { MOST_COMPARED } from "./address";
import type { CompareContext } from "./context";

const MOST_LISTED = 100;

/** A piece of the line that a run has everywhere. */
export function runMark(run: number): Element {
  return swatch(run, runDash(run));
}

function addRun({ store, runs }: CompareContext, run: number): void {
  store.set({ runs: [...store.get().runs, runs.ids[run] ?? ""] });
}

/** What a project is about, in each run, beside its name. */
function valueOf(context: CompareContext): (run: number) => string {
  const column = context.runs.columns.find(({ key }) => key === context.index.column);
  return (run) => (column ? cellText(column, column.values[run]) : "");
}

/** The list with its search. It shows the runs that are not compared yet, the newest first. */
export function createPicker(context: CompareContext): HTMLElement {
  const { runs, names, store } = context;
  const input = element("input", {
    class: "input",
    type: "search",
    placeholder: "name, tag, config.lr < 0.01",
    "aria-label": "Search runs to compare by name, tag or expression",
    spellcheck: "false",
    autocomplete: "off",
  });
  const problem = element("p", { class: "compare-problem", role: "status" });
  const list = element("ul", { class: "picker-runs", "aria-label": "Runs that can be added" });
  const more = element("p", { class: "table-note" });
  const value = valueOf(context);
  const metric = context.index.column.replace(/^summary\./, "");

  function item(run: number): HTMLElement {
    const add = element("button", { type: "button", class: "picker-run", "data-run": run, title: `Compare ${names[run]}` });
    add.append(runMark(run), element("span", { class: "picker-name" }, names[run] ?? ""), element("span", { class: "picker-value", title: metric }, value(run)));
    add.addEventListener("click", () => addRun(context, run));
    return element("li", {}, add);
  }

  function update(): void {
    problem.textContent = "";
    try {
      const passes = compileFilter(input.value, runs);
      const taken = new Set(store.get().runs);
      const found = runs.ids.map((_, run) => run).filter((run) => !taken.has(runs.ids[run] ?? "") && passes(run)).reverse();
      list.replaceChildren(...found.slice(0, MOST_LISTED).map(item));
      const left = found.length - MOST_LISTED;
      more.textContent = found.length === 0 ? "No other run matches." : left > 0 ? `and ${left} more: search for them` : "";
      if (context.chosen().runs.length >= MOST_COMPARED) {
        list.replaceChildren();
        more.textContent = `${MOST_COMPARED} runs are as many as can be read side by side. Remove one to add another.`;
      }
    } catch (error) {
      problem.textContent = inWords(error);
    }
    input.setAttribute("aria-invalid", String(Boolean(problem.textContent)));
  }

  input.addEventListener("input", update);
  update();
  const box = element("div", { class: "search-box" }, icon("search"), input);
  return element("div", { class: "picker" }, box, problem, list, more);
}

/** Pairs that are often wanted. */
function suggestions(context: CompareContext): HTMLElement | null {
  const { runs, store, index } = context;
  if (runs.ids.length < 2) return null;
  const made: HTMLElement[] = [];
  const offer = (label: string, chosen: readonly number[]) => {
    const press = element("button", { type: "button", class: "button" }, label);
    press.addEventListener("click", () => store.set({ runs: chosen.map((run) => runs.ids[run] ?? "") }));
    made.push(press);
  };
  const column = runs.columns.find(({ key }) => key === index.column);
  if (column) {
    const numbers = columnNumbers(column);
    const sign = lowerIsBetter(column.key) ? 1 : -1;
    const ranked = runs.ids.map((_, run) => run).filter((run) => Number.isFinite(numbers[run])).sort((a, b) => sign * ((numbers[a] ?? 0) - (numbers[b] ?? 0)));
    if (ranked.length > 1) offer(`Best two by ${column.label}`, ranked.slice(0, 2));
    if (ranked.length > 2) offer("Best and worst", [ranked[0] ?? 0, ranked[ranked.length - 1] ?? 0]);
  }
  offer("Newest two", [runs.ids.length - 1, runs.ids.length - 2]);
  return element("p", { class: "compare-suggestions" }, ...made);
}

/** What the page says while fewer than two runs are chosen: how it is done, and the list to do it with. */
export function emptyState(context: CompareContext): HTMLElement {
  const { chosen, index } = context;
  const one = chosen().runs.length === 1;
  const link = (uri: string, text: string) => element("a", { href: pageUrl(uri) }, text);
  return element(
    "section",
    { class: "compare-empty", "aria-label": "Choose runs" },
    element("h2", {}, one ? "Choose a run to compare with" : "Choose two runs or more"),
    element(
      "p",
      {},
      "They stand side by side: config and results, every metric in one plot, media at the same step, and what differs in the code. The first is the baseline.",
    ),
    one ? null : suggestions(context),
    createPicker(context),
    element(
      "p",
      { class: "muted" },
      "Runs can also be sent here from the ",
      link(index.pages.runs, "table of runs"),
      " and the ",
      link(index.pages.workspace, "workspace"),
      ". The address of this page names them, so that it can be shared.",
    ),
  );
}

/** Config, results and environment side by side: a row for each key, a column for each run. */
import { copyText } from "../clipboard";
import { load } from "../data";
import { button, element } from "../elements";
import { inWords } from "../errors";
import { icon, svgIcon } from "../icons";
import copyIcon from "lucide-static/icons/copy.svg";
import diffIcon from "lucide-static/icons/diff.svg";
import downloadIcon from "lucide-static/icons/download.svg";
import type { CompareContext, PartView } from "./context";
import { rowsCsv, rowsMarkdown } from "./export";
import type { ComparedRun } from "./payloads";
import { MANY_ROWS, type Row, environmentRows, packageRows, rowDiffers, shownRows, tableRows } from "./rows";
import { valuesTable } from "./table";

const COPIED_FOR = 1500;

/** Rows of what has to be fetched for each run. */
async function fetchedRows({ details }: CompareContext, runs: readonly number[]): Promise<Row[]> {
  const found: (ComparedRun | null)[] = await Promise.all(runs.map(details));
  const packages = found.map((run) => (run?.packages ? load<Record<string, string>>(run.packages) : null));
  return [...environmentRows(found), ...packageRows(await Promise.all(packages))];
}

function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function labelled(label: string, source: string, press: () => void): HTMLButtonElement {
  const made = button(label, svgIcon(source), press);
  made.className = "button";
  made.removeAttribute("aria-label");
  made.removeAttribute("title");
  made.append(element("span", { class: "button-label" }, label));
  return made;
}

/** The part with the table. It is made anew when other runs are chosen. */
export function valuesPart(context: CompareContext): PartView {
  const { store, runs, names, index } = context;
  const chosen = context.chosen().runs;
  const own = chosen.map((run) => names[run] ?? "");
  const closed = new Set<string>();
  const known = tableRows(runs, chosen);
  let rows: Row[] = known;
  let left = false;

  const onlyDiffering = () => {
    const { differing } = store.get();
    return chosen.length > 1 && (differing === "yes" || (differing === "auto" && known.length > MANY_ROWS));
  };
  const shown = () => shownRows(rows, onlyDiffering(), store.get().search);

  const search = element("input", { class: "input", type: "search", placeholder: "key or value", "aria-label": "Search keys and values", spellcheck: "false" });
  search.value = store.get().search;
  search.addEventListener("input", () => store.set({ search: search.value }));
  const differing = labelled("Only differences", diffIcon, () => store.set({ differing: onlyDiffering() ? "no" : "yes" }));
  const markdown = labelled("Copy Markdown", copyIcon, () => {
    void copyText(rowsMarkdown(own, shown())).then(() => {
      count.textContent = "Copied";
      setTimeout(showCount, COPIED_FOR);
    });
  });
  const csv = labelled("CSV", downloadIcon, () => save(rowsCsv(own, shown()), `${index.project}-compare.csv`));
  const count = element("span", { class: "table-count", role: "status" });
  const bar = element("div", { class: "compare-bar" }, element("div", { class: "search-box" }, icon("search"), search), differing, markdown, csv, count);
  const host = element("div", { class: "compare-scroll", tabindex: 0, role: "region", "aria-label": "Values side by side" });
  const waiting = element("p", { class: "table-note", role: "status" }, "Loading what is known of machines, code and packages …");
  const nothing = element("p", { class: "workbench-nothing" });

  function showCount(): void {
    const differ = rows.filter(rowDiffers).length;
    count.textContent = `${differ} of ${rows.length} values differ`;
  }

  function update(): void {
    const some = shown();
    differing.setAttribute("aria-pressed", String(onlyDiffering()));
    differing.disabled = chosen.length < 2;
    showCount();
    host.replaceChildren(valuesTable(context, chosen, some, closed));
    host.hidden = some.length === 0;
    nothing.hidden = some.length > 0;
    nothing.textContent = store.get().search.trim() ? `No key and no value has “${store.get().search.trim()}” in it.` : "These runs do not differ in any value.";
  }

  const stop = store.subscribe((state, before) => {
    if (state.search !== before.search || state.differing !== before.differing) update();
  });
  update();
  fetchedRows(context, chosen).then(
    (more) => {
      if (left) return;
      rows = [...known, ...more];
      waiting.remove();
      update();
    },
    (error: unknown) => void (waiting.textContent = `Machines, code and packages cannot be shown. ${inWords(error)}`),
  );
  return {
    root: element("div", { class: "compare-values" }, bar, host, nothing, waiting),
    leave: () => {
      left = true;
      stop();
    },
  };
}

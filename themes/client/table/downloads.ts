/** The menu of downloads: what is shown, made here, and all runs with every column, made by the build. */
import { element } from "../elements";
import type { Column, RunsData } from "../types";
import { menuItem } from "./menu";
import { tableCsv, tableJson } from "./take_away";

/** The files of the build are named in the head of the page; a report has none of them. */
function builtFiles(): HTMLElement[] {
  const links = document.querySelectorAll<HTMLLinkElement>("head link[rel=alternate][data-runs]");
  return [...links].map((link) => element("a", { class: "menu-item", href: link.href, download: true }, element("span", {}, link.title)));
}

/** The content of the menu; `save` gets the extension of a file, its text and its type. */
export function downloadMenu(
  data: RunsData,
  columns: readonly Column[],
  runs: readonly number[],
  save: (extension: string, text: string, type: string) => void,
): Node[] {
  const built = builtFiles();
  return [
    element("p", { class: "menu-title" }, `What is shown: ${runs.length} × ${columns.length}`),
    menuItem("CSV", () => save("csv", tableCsv(data, columns, runs), "text/csv")),
    menuItem("JSON", () => save("json", tableJson(data, columns, runs), "application/json")),
    ...(built.length ? [element("p", { class: "menu-title" }, "All runs, every column"), ...built] : []),
  ];
}

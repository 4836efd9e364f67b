/** The keys of a page: those that lead from place to place, and the list of all that do something here. */
import { isTyping } from "../typing";
import { type Key, openHelp } from "./help";
import { openSearch, searchButton } from "./search";

const PLACES: Record<string, string> = { w: "Workspace", r: "Runs", c: "Compare", p: "Reports" };

function placeLink(name: string): HTMLAnchorElement | undefined {
  return [...document.querySelectorAll<HTMLAnchorElement>("#places > a")].find((link) => link.textContent?.trim() === name);
}

const KEYS: readonly Key[] = [
  [["/"], "search the whole site", ".site-search"],
  [["s"], "to the filter of this page", "main input[type=search]"],
  [["j"], "next run", ".run-steps a[data-key=j], .workbench .run-row"],
  [["k"], "previous run", ".run-steps a[data-key=k], .workbench .run-row"],
  [["x"], "show or hide the run", ".workbench .run-row"],
  [["o"], "show only this run, or all again", ".workbench .run-row"],
  [["f"], "chart on the full window", ".panel-stage"],
  [["↑", "↓"], "other chart, on the full window", ".workbench .panel-stage"],
  [["←", "→"], "move the crosshair of the chart", ".panel-stage"],
  [["+", "−", "0"], "zoom the chart, and all of it again", ".panel:not(.panel-vega) .panel-stage"],
  [["["], "earlier step of the media", ".gallery-bar"],
  [["]"], "later step of the media", ".gallery-bar"],
  [["Enter"], "open the run of the row", "rg-runs-table .grid"],
  [["Shift", "click"], "sort by several columns", "rg-runs-table .grid"],
  [["Space"], "tick the run, or open the menu of the column", "rg-runs-table .grid"],
  [["x"], "show or hide the run in the workspace", ".kind-runs rg-runs-table .grid"],
  [["b"], "compare all runs with this one", ".kind-runs rg-runs-table .grid"],
  [["Ctrl", "C"], "copy the whole value of a cell", "rg-runs-table .grid"],
  [["Esc"], "close or leave", "body"],
  [["?"], "this list", "body"],
];

/** The keys that do something on this page as it is now. */
function keysHere(): Key[] {
  const here = KEYS.filter(([, , needs]) => document.querySelector(needs));
  const places = Object.entries(PLACES).filter(([, name]) => placeLink(name));
  const go = places.map(([letter, name]): Key => [["g", letter], `go to the ${name === "Compare" ? "comparison" : name.toLowerCase()}`, ""]);
  return [...here.slice(0, 1), ...go, ...here.slice(1)];
}

function firstSearch(): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("main input[type=search]")].find((input) => input.offsetParent !== null);
}

const CHORD = 900;

/** Listens for them. */
export function watchKeys(): void {
  let afterG = 0;
  const actions: Record<string, () => boolean> = {
    "/": () => {
      if (searchButton()) openSearch();
      return Boolean(searchButton());
    },
    s: () => {
      const search = firstSearch();
      search?.focus();
      return Boolean(search);
    },
    "?": () => {
      openHelp(keysHere());
      return true;
    },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
    if (isTyping(event.target)) return;
    const place = afterG && event.timeStamp - afterG < CHORD ? PLACES[event.key] : undefined;
    afterG = event.key === "g" ? event.timeStamp : 0;
    if (place) placeLink(place)?.click();
    else if (actions[event.key]?.()) event.preventDefault();
  });
}

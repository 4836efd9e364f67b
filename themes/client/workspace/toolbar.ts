/** The bar above the panels: which metrics, along which x, how smooth. */
import { button, element } from "../elements";
import { icon } from "../icons";
import type { Store } from "../store";
import { FIRST_LINES, follow, isTouched } from "./line_tools";
import type { WorkspaceState } from "./state";

export interface Toolbar {
  root: HTMLElement;
  focusSearch: () => void;
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

/** The toolbar. `openList` brings the run list back; `tools` are those for lines, for groups and for views, which have the end. */
export function createToolbar(
  store: Store<WorkspaceState>,
  count: () => string,
  openList: () => void,
  tools: { lines: readonly HTMLElement[]; groups: HTMLElement; views: HTMLElement },
): Toolbar {
  const input = search(store);
  const reset = button("Reset zoom, smoothing, axes and search", icon("rotate"), () => store.set({ ...FIRST_LINES, metrics: "" }));
  reset.className = "icon-button";
  const open = element("button", { type: "button", class: "button tool-runs", title: "Show the run list" }, icon("panelLeft"));
  const openCount = element("span");
  open.append(openCount);
  open.addEventListener("click", openList);
  follow(store, (state) => {
    reset.hidden = !isTouched(state) && !state.metrics;
    openCount.textContent = `Runs ${count()}`;
  });
  const root = element(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "Panels" },
    open,
    element("div", { class: "search-box" }, icon("search"), input),
    ...tools.lines,
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

/** The page that compares runs: those that are chosen, and below them one part of what is compared. */
import { element } from "../elements";
import { runNames } from "../runs";
import { bindToUrl, createStore, writeState } from "../store";
import type { ProjectIndex, RunsData } from "../types";
import { codePart } from "./code";
import { type CompareContext, type PartView, createContext } from "./context";
import { createHead } from "./head";
import { mediaPart } from "./media";
import { metricsPart } from "./metrics";
import { emptyState } from "./picker";
import { CODEC, INITIAL, PARTS, type Part } from "./state";
import { valuesPart } from "./values";

const VIEWS: Readonly<Record<Part, { title: string; view: (context: CompareContext) => PartView }>> = {
  values: { title: "Values", view: valuesPart },
  metrics: { title: "Metrics", view: metricsPart },
  media: { title: "Media", view: mediaPart },
  code: { title: "Code", view: codePart },
};

/** The parts as links, so that each can be opened in a tab of its own. */
function createTabs({ store }: CompareContext): HTMLElement {
  const tabs = PARTS.map((part) => {
    const tab = element("a", {}, VIEWS[part].title);
    tab.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      store.set({ part });
    });
    return { part, tab };
  });
  const update = () => {
    for (const { part, tab } of tabs) {
      tab.href = `#${writeState({ ...store.get(), part }, CODEC)}`;
      if (store.get().part === part) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
  };
  store.subscribe(update);
  update();
  return element("nav", { class: "tabs", "aria-label": "What is compared" }, ...tabs.map(({ tab }) => tab));
}

/** Fills the page. What is compared of a run is loaded when it is chosen. */
export function comparePage(host: HTMLElement, project: { index: ProjectIndex; runs: RunsData; urls: readonly string[] }): void {
  const { index, runs, urls } = project;
  const store = createStore(INITIAL);
  bindToUrl(store, CODEC);
  const context = createContext({ index, runs, names: runNames(runs), store }, urls);
  const tabs = createTabs(context);
  const body = element("div", { class: "compare-body" });
  let view: PartView | null = null;

  function update(): void {
    view?.leave();
    view = null;
    const few = context.chosen().runs.length < 2;
    tabs.hidden = few;
    if (few) return body.replaceChildren(emptyState(context));
    view = VIEWS[store.get().part].view(context);
    body.replaceChildren(view.root);
  }

  store.subscribe((state, before) => {
    if (state.runs !== before.runs || state.part !== before.part) update();
  });
  host.replaceChildren(createHead(context), tabs, body);
  update();
}

/** <rg-workbench data-project="…">: the workspace of a project, run list at the left, panels at the right. */
import { pageUrl, projectIndex, projectNames } from "../data";
import { button, element } from "../elements";
import { inWords } from "../errors";
import { icon } from "../icons";
import { type Store, bindToUrl, createStore, unreadNames } from "../store";
import type { ProjectIndex, RunsData } from "../types";
import { allRuns, firstRuns } from "../all_runs";
import { carryShownRuns } from "../table/parallel";
import { compareLink } from "../workspace/compare_link";
import { groupTools } from "../workspace/grouping";
import { lineTools } from "../workspace/line_tools";
import { type RunList, createRunList } from "../workspace/run_list";
import { createLayouts } from "../workspace/layouts";
import { hiddenPanels, layoutTrouble, undoNotice } from "../workspace/layout_notes";
import { createPanelForm } from "../workspace/panel_form";
import { planSections } from "../workspace/plan";
import { createSectionForm } from "../workspace/section_form";
import { createSections } from "../workspace/sections";
import { createSplitter } from "../workspace/splitter";
import { type WorkspaceState, initialState, workspaceCodec } from "../workspace/state";
import { type Toolbar, createToolbar } from "../workspace/toolbar";
import { type Saved, viewPresets, viewTools } from "../workspace/views";

const FIRST_LINES = (project: string) =>
  `import reportgen\n\nrun = reportgen.init(project=${JSON.stringify(project)})\nrun.log({"train/loss": 0.5})\nrun.finish()`;

function emptyProject(project: string): HTMLElement {
  return element(
    "div",
    { class: "workbench-empty" },
    element("h2", {}, "No runs yet"),
    element("p", {}, "Log one from any Python script, then build the site again with ", element("code", {}, "reportgen build"), "."),
    element("pre", {}, element("code", {}, FIRST_LINES(project))),
  );
}

function isTyping(): boolean {
  const focused = document.activeElement;
  return focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement || focused instanceof HTMLSelectElement;
}

/** The keys of the workspace. They win over those that every page has. */
function watchKeys(toolbar: Toolbar, list: RunList, close: () => boolean): AbortController {
  const stop = new AbortController();
  const actions: Record<string, () => boolean | void> = {
    s: () => toolbar.focusSearch(),
    j: () => list.rows.move(1),
    k: () => list.rows.move(-1),
    x: () => {
      const run = list.rows.current();
      if (run === null) return false;
      list.rows.toggle(run);
    },
    o: () => {
      const run = list.rows.current();
      if (run === null) return false;
      list.rows.solo(run);
    },
    f: () => {
      const stage = document.querySelector<HTMLElement>(".panel:hover .panel-stage");
      if (!stage) return false;
      stage.focus({ preventScroll: true });
      stage.dispatchEvent(new KeyboardEvent("keydown", { key: "f", bubbles: true }));
    },
    Escape: close,
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isTyping() || !event.isTrusted) return;
      const action = actions[event.key];
      if (!action || action() === false) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true, signal: stop.signal },
  );
  return stop;
}

/** A new x axis has nothing to do with the zoom on the old one; an address that names both is believed. */
function resetZoomWithAxis(store: Store<WorkspaceState>): void {
  store.subscribe((state, before) => {
    if (state.x === before.x) return;
    if (state.zoom && state.zoom === before.zoom) store.set({ zoom: null });
    if (state.zooms.size && state.zooms === before.zooms) store.set({ zooms: new Map() });
  });
}

/** What the address says in vain, views that are gone among it. */
function unread({ views, codec }: Saved): string[] {
  const view = new URLSearchParams(location.hash.slice(1)).get("view");
  return [...(!view || views.some(({ name }) => name === view) ? [] : ["view"]), ...unreadNames(location.hash, codec)];
}

function build(host: HTMLElement, index: ProjectIndex, runs: RunsData, alone: boolean): { store: Store<WorkspaceState>; stop: AbortController } {
  const { column } = index;
  const initial = initialState(runs.ids.length, column);
  const saved: Saved = { views: index.views, initial, codec: workspaceCodec(runs, column), project: alone ? null : index.project };
  const store = createStore(initial);
  resetZoomWithAxis(store);
  bindToUrl(store, saved.codec, viewPresets(saved));
  carryShownRuns(pageUrl(index.pages.runs), runs, store);
  const list = createRunList(index.project, runs, store);
  const openDrawer = (open: boolean) => root.classList.toggle("drawer-open", open);
  const openList = () => {
    store.set({ list: true });
    openDrawer(true);
  };
  const context = { project: index.project, index, runs, settings: store };
  const layouts = createLayouts(planSections(index, column.replace(/^summary\./, "")), context, store);
  const panelForm = createPanelForm(layouts);
  const sectionForm = createSectionForm(layouts);
  const add = button("Add a panel", icon("plus"), () => panelForm.add(""));
  add.className = "icon-button tool-add";
  const views = viewTools(saved, store);
  views.prepend(add);
  const toolbar = createToolbar(store, list.count, openList, { lines: lineTools(index, store), groups: groupTools(runs, store), views });
  const shut = button("Close the run list", icon("close"), () => openDrawer(false));
  shut.className = "icon-button run-shut";
  list.root.querySelector(".run-head")?.append(shut);
  list.root.querySelector(".run-all")?.append(" · ", compareLink(index, runs, store));
  const veil = element("div", { class: "workbench-veil" });
  veil.addEventListener("click", () => openDrawer(false));
  const root: HTMLElement = element("div", { class: "workbench" });
  const sections = createSections(layouts, { addPanel: panelForm.add, nameSection: sectionForm.open, edit: panelForm.edit });
  const trouble = layoutTrouble(layouts, () => unread(saved));
  const main = element("div", { class: "workbench-main" }, toolbar.root, trouble, sections, hiddenPanels(layouts), undoNotice(layouts), panelForm.root, sectionForm.root);
  root.append(list.root, createSplitter(root), veil, main);
  const showList = () => root.classList.toggle("list-folded", !store.get().list);
  store.subscribe(showList);
  showList();
  host.replaceChildren(root);
  const stop = watchKeys(toolbar, list, () => {
    const wasOpen = root.classList.contains("drawer-open");
    openDrawer(false);
    return wasOpen;
  });
  return { store, stop };
}

const TOUCHES = ["pointermove", "pointerdown", "keydown", "focusin", "wheel"];

/** Calls back once, when somebody begins to use what is in a host: long before a choice is made. */
function whenTouched(host: HTMLElement, signal: AbortSignal, then: () => void): void {
  const once = new AbortController();
  signal.addEventListener("abort", () => once.abort());
  const touched = () => {
    once.abort();
    then();
  };
  for (const touch of TOUCHES) host.addEventListener(touch, touched, { signal: once.signal, passive: true, capture: true });
}

class WorkbenchElement extends HTMLElement {
  #stop: AbortController | null = null;

  connectedCallback(): void {
    void this.#start(this.dataset["project"] ?? "");
  }

  disconnectedCallback(): void {
    this.#stop?.abort();
  }

  async #start(project: string): Promise<void> {
    try {
      const index = await projectIndex(project);
      // What is in the address, or in a view that is the default, may be about any column.
      const isNew = !location.hash && !index.views.some((view) => view.default);
      const runs = await (isNew ? firstRuns(index) : allRuns(index));
      if (runs.ids.length === 0) return this.replaceChildren(emptyProject(project));
      const { store, stop } = build(this, index, runs, (await projectNames()).length === 1);
      this.#stop = stop;
      const complete = () =>
        void allRuns(index).then(
          () => store.set({ complete: true }),
          () => whenTouched(this, stop.signal, complete), // asked again, they may come
        );
      if (isNew && index.first) whenTouched(this, stop.signal, complete);
    } catch (error) {
      this.replaceChildren(element("p", { class: "workbench-nothing" }, `The workspace cannot be shown. ${inWords(error)}`));
    }
  }
}

customElements.define("rg-workbench", WorkbenchElement);

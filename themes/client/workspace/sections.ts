/** The panels of a workspace in their sections. A folded section has no panels at all, and what stays is never drawn again. */
import { element } from "../elements";
import type { Section } from "./layout";
import { type Layouts, sameLayout } from "./layouts";
import { type Cell, createCell } from "./panel_cell";
import { metricTest } from "./search";
import { type SectionActions, type SectionView, createSection } from "./section";

/** Makes these the children of an element, in this order, and touches only those that are not at their place. */
function setChildren(parent: HTMLElement, children: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let here = parent.firstElementChild;
  for (const child of children) {
    // One that comes later is taken out, instead of all that stand after it.
    if (here && here !== child && here.nextElementSibling === child) {
      here.remove();
      here = child;
    }
    if (here === child) here = child.nextElementSibling;
    else parent.insertBefore(child, here);
  }
}

export interface SectionsActions extends SectionActions {
  edit: (id: string) => void;
}

/** All sections, and a word when the search finds no metric. */
export function createSections(layouts: Layouts, actions: SectionsActions): HTMLElement {
  const { store } = layouts;
  const views = new Map<string, SectionView>();
  const cells = new Map<string, Cell>();
  const list = element("div", { class: "section-list" });
  const nothing = element("p", { class: "workbench-nothing" });
  const neighbour = (id: string, by: 1 | -1): HTMLElement | null => {
    const shown = [...list.querySelectorAll<HTMLElement>(".panel-section:not([hidden]) .panels:not([hidden]) > .panel-cell:not([hidden])")];
    const index = shown.findIndex((cell) => cell.dataset["panel"] === id);
    const next = shown[index + by]?.dataset["panel"];
    return index < 0 || next === undefined ? null : (cells.get(next)?.host ?? null);
  };

  function viewOf(name: string): SectionView {
    const view = views.get(name) ?? createSection(name, layouts, actions);
    views.set(name, view);
    return view;
  }
  function drop(id: string): void {
    cells.get(id)?.remove();
    cells.delete(id);
  }

  function showSection({ name, places }: Section, matches: (title: string) => boolean): { view: SectionView; count: number } {
    const { folded, metrics } = store.get();
    const view = viewOf(name);
    const shown = new Set(places.filter((place) => matches(layouts.titleOf(place))));
    // Who searches wants to see what is found.
    const isFolded = folded.has(name) && !metrics;
    const isHidden = shown.size === 0 && (places.length > 0 || metrics !== "");
    view.show({ count: shown.size, isFolded, isEmpty: places.length === 0, isHidden });
    if (isFolded || isHidden) {
      for (const { id } of places) drop(id);
      return { view, count: shown.size };
    }
    const roots = places.map((place) => {
      const cell = cells.get(place.id) ?? createCell(place.id, layouts, { edit: actions.edit, neighbour });
      cells.set(place.id, cell);
      cell.root.hidden = !shown.has(place);
      return cell.root;
    });
    setChildren(view.grid, roots);
    // Only in the page it has a size.
    for (const place of places) cells.get(place.id)?.show(place);
    return { view, count: shown.size };
  }

  function update(): void {
    const { metrics } = store.get();
    const matches = metricTest(metrics);
    const sections = layouts.sections();
    const focused = document.activeElement as HTMLElement | null;
    const kept = new Set(sections.flatMap(({ places }) => places.map(({ id }) => id)));
    for (const id of [...cells.keys()]) if (!kept.has(id)) drop(id);
    setChildren(list, sections.map(({ name }) => viewOf(name).root));
    const count = sections.reduce((sum, section) => sum + showSection(section, matches).count, 0);
    for (const name of [...views.keys()]) if (!sections.some((section) => section.name === name)) views.delete(name);
    // What was moved has lost the focus.
    if (focused && focused !== document.activeElement && list.contains(focused)) focused.focus({ preventScroll: true });
    nothing.hidden = count > 0 || (sections.length > 0 && !metrics);
    nothing.textContent = metrics ? `No metric matches “${metrics}”.` : "These runs have logged no metrics.";
  }

  store.subscribe((state, before) => {
    if (state.folded !== before.folded || state.metrics !== before.metrics || !sameLayout(state, before)) update();
  });
  update();
  return element("div", { class: "panel-sections" }, list, nothing, layouts.live);
}

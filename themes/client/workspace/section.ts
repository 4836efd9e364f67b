/** The frame of a section: its name folds it, its count says how many panels are in sight, its menu moves and fills it. */
import { button, element } from "../elements";
import { icon } from "../icons";
import { menuButton } from "../panels/menu";
import type { Layouts } from "./layouts";

export interface SectionView {
  root: HTMLElement;
  grid: HTMLElement;
  show: (now: { count: number; isFolded: boolean; isEmpty: boolean; isHidden: boolean }) => void;
}

export interface SectionActions {
  addPanel: (section: string) => void;
  /** Asks for the name of a new section, or for another name of one. */
  nameSection: (renamed?: string) => void;
}

/** A section without panels. */
export function createSection(name: string, layouts: Layouts, actions: SectionActions): SectionView {
  const { store } = layouts;
  const isPlanned = layouts.plan.some((section) => section.name === name);
  const grid = element("div", { class: "panels" });
  const count = element("span", { class: "count" });
  const fold = element("button", { type: "button", class: "section-fold" }, icon("chevronDown"), element("span", { class: "section-name" }, name), count);
  const add = button(`Add a panel to ${name}`, icon("plus"), () => actions.addPanel(name));
  const opener = button(`Menu of section ${name}`, icon("ellipsis"), () => undefined);
  for (const one of [add, opener]) one.className = "icon-button section-tool";
  const empty = element("p", { class: "section-empty", hidden: true }, "No panels yet. Drag one here, or add one.");
  const head = element("div", { class: "section-head" }, element("h2", {}, fold), add, opener);
  const root = element("section", { class: "panel-section", "aria-label": name, "data-section": name }, head, empty, grid);
  menuButton(opener, head, () => {
    const names = layouts.sections().map((section) => section.name);
    const index = names.indexOf(name);
    return [
      { label: "Add a panel…", choose: () => actions.addPanel(name) },
      ...(index > 0 ? [{ label: "Move up", choose: () => layouts.change((now) => now.shiftSection(name, -1)) }] : []),
      ...(index < names.length - 1 ? [{ label: "Move down", choose: () => layouts.change((now) => now.shiftSection(name, 1)) }] : []),
      { label: "New section…", choose: () => actions.nameSection() },
      ...(isPlanned ? [] : [{ label: "Rename…", choose: () => actions.nameSection(name) }]),
      { label: "Remove section", choose: () => layouts.change((now) => now.removeSection(name), `Removed section ${name}`) },
    ];
  });
  fold.addEventListener("click", () => {
    const folded = new Set(store.get().folded);
    if (!folded.delete(name)) folded.add(name);
    store.set({ folded });
  });
  return {
    root,
    grid,
    show({ count: shown, isFolded, isEmpty, isHidden }) {
      root.hidden = isHidden;
      count.textContent = String(shown);
      fold.setAttribute("aria-expanded", String(!isFolded));
      grid.hidden = isFolded || isEmpty;
      empty.hidden = isFolded || !isEmpty;
    },
  };
}

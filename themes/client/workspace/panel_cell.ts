/** One panel of the grid: its host, the grip that moves it, the corner that resizes it, and what its menu offers here. */
import { button, element } from "../elements";
import { icon } from "../icons";
import { createFrame, equip } from "../panels/frame";
import type { MenuItem } from "../panels/menu";
import { mountPanel } from "../panels/registry";
import type { Place } from "./layout";
import type { Layouts } from "./layouts";
import { watchDrag } from "./panel_drag";
import { applySize, sizeCorner, sizeInWords } from "./panel_size";
import { panelProblem } from "./problems";

export interface Cell {
  root: HTMLElement;
  host: HTMLElement;
  /** Shows a place: its size; the panel itself only when it has become another. */
  show: (place: Place) => void;
  remove: () => void;
}

export interface CellActions {
  edit: (id: string) => void;
  /** the host of the panel after or before this one, among those in sight */
  neighbour: (id: string, by: 1 | -1) => HTMLElement | null;
}

function mount(host: HTMLElement, place: Place, layouts: Layouts): () => void {
  const { context } = layouts;
  const panel = layouts.panelOf(place);
  const problem = place.added ? panelProblem(place.added, context.index, context.runs) : null;
  if (panel && !problem) return mountPanel(host, panel, context);
  const frame = createFrame(host, { title: layouts.titleOf(place), height: 220, legend: null, menu: () => [] });
  frame.message(problem ?? "There is no such panel.");
  return () => undefined;
}

/** "2 of 4 in val", for those who move a panel by key. */
function whereabouts(layouts: Layouts, id: string): string {
  for (const { name, places } of layouts.sections()) {
    const index = places.findIndex((place) => place.id === id);
    if (index >= 0) return `${index + 1} of ${places.length} in ${name}`;
  }
  return "";
}

function moveItems(id: string, layouts: Layouts): MenuItem[] {
  const shift = (by: 1 | -1) => layouts.change((now) => now.shift(id, by));
  return [
    { label: "Move forward", choose: () => shift(-1) },
    { label: "Move back", choose: () => shift(1) },
  ];
}

/** The cell of a panel; nothing is drawn before `show`. */
export function createCell(id: string, layouts: Layouts, actions: CellActions): Cell {
  let place: Place | null = null;
  let drawn = "";
  let unmount: (() => void) | null = null;
  let corner: HTMLElement | null = null;
  const host = element("div", { class: "panel-host" });
  const root = element("div", { class: "panel-cell", "data-panel": id }, host);

  function lead(title: string): HTMLElement {
    const grip = button(`Move ${title}: drag it, or press the arrow keys`, icon("grip"), () => undefined);
    grip.className = "panel-grip";
    grip.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : event.key === "ArrowLeft" || event.key === "ArrowUp" ? -1 : 0;
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      layouts.change((now) => now.shift(id, by));
      layouts.say(`${title}, ${whereabouts(layouts, id)}`);
      grip.scrollIntoView({ block: "nearest" });
    });
    watchDrag(grip, root, () => title, ({ section, before }) => layouts.change((now) => now.move(id, section, before)));
    return element("span", { class: "panel-lead" }, grip);
  }

  function menu(): MenuItem[] {
    if (!place) return [];
    const title = layouts.titleOf(place);
    const fields = layouts.editable(place);
    return [
      ...(fields ? [{ label: "Edit…", choose: () => actions.edit(id) }] : []),
      ...(fields ? [{ label: "Duplicate", choose: () => layouts.change((now) => now.add(fields, sectionOf(layouts, id))) }] : []),
      ...moveItems(id, layouts),
      { label: place.added ? "Remove" : "Hide", choose: () => layouts.change((now) => now.remove(id), place?.added ? `Removed ${title}` : `Hid ${title}`) },
    ];
  }

  return {
    root,
    host,
    show(next) {
      place = next;
      applySize(root, next);
      const key = JSON.stringify(next.added);
      if (unmount && key === drawn) return;
      unmount?.();
      drawn = key;
      const title = layouts.titleOf(next);
      equip(host, { lead: lead(title), menu, neighbour: (by) => actions.neighbour(id, by) });
      unmount = mount(host, next, layouts);
      corner?.remove();
      corner = sizeCorner(root, title, () => place ?? { width: 1, height: null }, (size) => {
        layouts.change((now) => now.resize(id, size));
        layouts.say(sizeInWords(size));
      });
      root.append(corner);
    },
    remove() {
      unmount?.();
      unmount = null;
      root.remove();
    },
  };
}

/** The section in which a panel stands. */
export function sectionOf(layouts: Layouts, id: string): string {
  return layouts.sections().find(({ places }) => places.some((one) => one.id === id))?.name ?? "";
}

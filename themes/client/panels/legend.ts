/** The legend under a panel that has no run list beside it: a press hides or shows, alt shows only one. */
import { lit } from "../chart/crosshair";
import { swatch } from "../chart/swatch";
import { element } from "../elements";

export interface LegendItem {
  name: string;
  colour: number;
  dash: readonly number[];
  runs: readonly number[];
}

export interface LegendActions {
  hidden: () => ReadonlySet<number>;
  setHidden: (hidden: ReadonlySet<number>) => void;
  project: string;
}

function isHidden(item: LegendItem, hidden: ReadonlySet<number>): boolean {
  return item.runs.every((run) => hidden.has(run));
}

/** What is hidden after an item was pressed. */
export function toggled(items: readonly LegendItem[], item: LegendItem, hidden: ReadonlySet<number>, only: boolean): Set<number> {
  const others = items.filter((other) => other !== item);
  if (only) {
    // Pressed again, it brings the others back.
    const alone = !isHidden(item, hidden) && others.every((other) => isHidden(other, hidden));
    return new Set(alone ? [] : others.flatMap((other) => other.runs).filter((run) => !item.runs.includes(run)));
  }
  const next = new Set(hidden);
  const show = isHidden(item, hidden);
  for (const run of item.runs) {
    if (show) next.delete(run);
    else next.add(run);
  }
  return next;
}

/** Fills a legend; returns how to bring its buttons up to date. */
export function fillLegend(place: HTMLElement, items: readonly LegendItem[], actions: LegendActions): () => void {
  const buttons = items.map((item) => {
    const made = element("button", { type: "button", class: "legend-item" }, swatch(item.colour, item.dash), item.name);
    made.title = `${item.name} (Alt: only this)`;
    made.addEventListener("click", (event) => {
      actions.setHidden(toggled(items, item, actions.hidden(), event.altKey));
    });
    const [run = null] = item.runs;
    made.addEventListener("pointerenter", () => lit.set({ project: actions.project, run: item.runs.length === 1 ? run : null }));
    made.addEventListener("pointerleave", () => lit.set({ run: null }));
    return made;
  });
  place.replaceChildren(...buttons);
  const update = () => {
    const hidden = actions.hidden();
    buttons.forEach((made, index) => {
      const item = items[index];
      if (item) made.setAttribute("aria-pressed", String(!isHidden(item, hidden)));
    });
  };
  update();
  return update;
}

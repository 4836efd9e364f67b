/** The layout of a workspace as its parts see and change it. Every change can be undone. */
import { element } from "../elements";
import { type PanelContext, kindOf } from "../panels/registry";
import type { Store } from "../store";
import type { Panel } from "../types";
import { type Arranging, arranging } from "./arranging";
import { type AddedPanel, type Layout, NO_LAYOUT, type Place, type Section, type SectionPlan, arrange } from "./layout";
import { asAdded, completePanel } from "./plan";
import type { WorkspaceState } from "./state";

export interface Layouts {
  plan: readonly SectionPlan[];
  context: PanelContext;
  store: Store<WorkspaceState>;
  sections: () => readonly Section[];
  /** The panel of a place; null when its kind is none. */
  panelOf: (place: Pick<Place, "id" | "added">) => Panel | null;
  titleOf: (place: Pick<Place, "id" | "added">) => string;
  /** The fields of a panel for the form; null where there is nothing to edit. */
  editable: (place: Place) => AddedPanel | null;
  /** Changes the layout; `what` says in a few words what was done, where undoing it is worth an offer. */
  change: (make: (now: Arranging) => Layout, what?: string) => void;
  reset: () => void;
  isTouched: () => boolean;
  /** what was done last; null when there is nothing to undo */
  undoable: () => string | null;
  undo: () => void;
  /** reads a few words out */
  say: (text: string) => void;
  /** where they are put */
  live: HTMLElement;
}

function layoutOf({ sections, panels, removed }: Layout): Layout {
  return { sections, panels, removed };
}

/** Whether two states have the same layout. */
export function sameLayout(a: Layout, b: Layout): boolean {
  return a.sections === b.sections && a.panels === b.panels && a.removed === b.removed;
}

/** The layout of a store's state over a plan. */
export function createLayouts(plan: readonly SectionPlan[], context: PanelContext, store: Store<WorkspaceState>): Layouts {
  const planned = new Map(plan.flatMap(({ panels }) => panels.map(({ id, panel }) => [id, panel] as const)));
  let undone: { what: string; before: Layout; after: Layout } | null = null;
  const live = element("p", { class: "visually-hidden", "aria-live": "polite" });
  let known: { layout: Layout; sections: readonly Section[] } | null = null;

  function sections(): readonly Section[] {
    const layout = store.get();
    if (!known || !sameLayout(known.layout, layout)) known = { layout, sections: arrange(plan, layout) };
    return known.sections;
  }
  const panelOf: Layouts["panelOf"] = ({ id, added }) => (added ? completePanel(added, context.index) : (planned.get(id) ?? null));
  function apply(after: Layout, what: string): void {
    const before = layoutOf(store.get());
    undone = what ? { what, before, after } : null;
    store.set(after);
  }

  return {
    plan,
    context,
    store,
    sections,
    panelOf,
    titleOf: (place) => panelOf(place)?.title ?? place.added?.kind ?? place.id,
    editable({ id, added }) {
      const panel = planned.get(id);
      const fields = added ?? (panel ? asAdded(panel) : null);
      return fields && kindOf(fields.kind)?.fields.length ? fields : null;
    },
    change: (make, what = "") => apply(layoutOf(make(arranging(plan, layoutOf(store.get())))), what),
    reset: () => apply(NO_LAYOUT, "Layout reset"),
    isTouched: () => {
      const { sections: named, panels, removed } = store.get();
      return named.length + panels.length + removed.size > 0;
    },
    undoable: () => (undone && sameLayout(undone.after, store.get()) ? undone.what : null),
    undo() {
      if (undone) store.set(undone.before);
      undone = null;
    },
    say: (text) => void (live.textContent = text),
    live,
  };
}

/**
 * Where the panels of a workspace stand. A layout is only what differs from the project's own plan, so that it is short in the
 * address, and so that a metric which a later build finds has its place in a view that was saved before.
 */
import type { Panel } from "../types";

export type PanelValue = string | number | boolean | readonly string[];
/** A panel that somebody added: its kind, perhaps a title, and the fields of its kind (panels/registry.ts). */
export type AddedPanel = Readonly<Record<string, PanelValue>> & { readonly kind: string };

/** What is known of one panel besides the plan. */
export interface PanelEntry {
  /** of a panel of the plan: its id there; of an added one: a number */
  id: string;
  /** what was added; absent for a panel of the plan */
  panel?: AddedPanel;
  /** where it stands; absent for a panel of the plan that has not been moved */
  section?: string;
  /** the id of the panel before it, "" for none; absent: at the end */
  after?: string;
  /** columns that it takes */
  width?: number;
  /** px of its plot */
  height?: number;
}

export interface Layout {
  /** names of sections, in order; those that are not here follow in the order of the plan */
  sections: readonly string[];
  panels: readonly PanelEntry[];
  /** panels of the plan that are not shown */
  removed: ReadonlySet<string>;
}

export interface PlannedPanel {
  id: string;
  panel: Panel;
}

export interface SectionPlan {
  name: string;
  panels: PlannedPanel[];
}

/** A panel at its place. */
export interface Place {
  id: string;
  /** null where the panel is of the plan */
  added: AddedPanel | null;
  width: number;
  height: number | null;
}

export interface Section {
  name: string;
  places: Place[];
}

export const NO_LAYOUT: Layout = { sections: [], panels: [], removed: new Set() };
export const MOST_COLUMNS = 6;
export const HEIGHTS = { least: 100, most: 1200, step: 20 } as const;
/** Where an added panel goes when nobody says where. */
export const OWN_SECTION = "panels";

function placeOf({ id, panel, width, height }: PanelEntry): Place {
  return { id, added: panel ?? null, width: width ?? 1, height: height ?? null };
}

function byOrder(names: readonly string[], plan: readonly string[]): string[] {
  const named = names.filter((name, index) => names.indexOf(name) === index);
  return [...named, ...plan.filter((name) => !named.includes(name))];
}

/** The sections with everything at its place. Those that are empty stay only where the layout names them. */
export function arrange(plan: readonly SectionPlan[], layout: Layout): Section[] {
  const planned = new Set(plan.flatMap(({ panels }) => panels.map(({ id }) => id)));
  const entries = new Map(layout.panels.map((entry) => [entry.id, entry]));
  const stays = (id: string) => !layout.removed.has(id) && entries.get(id)?.section === undefined;
  const sections = new Map<string, Place[]>(
    plan.map(({ name, panels }) => [name, panels.filter(({ id }) => stays(id)).map(({ id }) => placeOf(entries.get(id) ?? { id }))]),
  );
  for (const name of layout.sections) if (!sections.has(name)) sections.set(name, []);
  for (const entry of entries.values()) {
    const isShown = entry.panel ? !planned.has(entry.id) : planned.has(entry.id) && entry.section !== undefined && !layout.removed.has(entry.id);
    if (!isShown) continue;
    const name = entry.section ?? OWN_SECTION;
    const places = sections.get(name) ?? [];
    sections.set(name, places);
    const before = entry.after === "" ? 0 : places.findIndex(({ id }) => id === entry.after) + 1;
    places.splice(entry.after === "" || before > 0 ? before : places.length, 0, placeOf(entry));
  }
  return byOrder(layout.sections, [...sections.keys()])
    .map((name) => ({ name, places: sections.get(name) ?? [] }))
    .filter(({ name, places }) => places.length > 0 || layout.sections.includes(name));
}

/** Members of a longest rising subsequence, by index: what has kept its order. */
export function keepsOrder(ranks: readonly number[]): Set<number> {
  const ends: number[] = [];
  const before: number[] = [];
  ranks.forEach((rank, index) => {
    let place = 0;
    while (place < ends.length && (ranks[ends[place] as number] as number) < rank) place += 1;
    before[index] = place > 0 ? (ends[place - 1] as number) : -1;
    ends[place] = index;
  });
  const kept = new Set<number>();
  for (let index = ends[ends.length - 1] ?? -1; index >= 0; index = before[index] as number) kept.add(index);
  return kept;
}

function sizeOf({ width, height }: Place): Pick<PanelEntry, "width" | "height"> {
  return { ...(width !== 1 && { width }), ...(height !== null && { height }) };
}

/** The entries of one section: of what was added, moved into it or within it, or resized. */
function entriesOf(section: Section, plan: readonly PlannedPanel[]): PanelEntry[] {
  const rank = new Map(plan.map(({ id }, index) => [id, index]));
  const own = section.places.filter(({ id, added }) => !added && rank.has(id));
  const kept = keepsOrder(own.map(({ id }) => rank.get(id) as number));
  const still = new Set(own.filter((_, index) => kept.has(index)).map(({ id }) => id));
  const last = section.places.reduce((end, { id }, index) => (still.has(id) ? index : end), -1);
  return section.places.flatMap((place, index): PanelEntry[] => {
    const { id, added } = place;
    const size = sizeOf(place);
    if (still.has(id)) return Object.keys(size).length ? [{ id, ...size }] : [];
    // What stands after all that stays is at the end already.
    const anchor = index > last ? {} : { after: section.places[index - 1]?.id ?? "" };
    return [{ id, ...(added && { panel: added }), section: section.name, ...anchor, ...size }];
  });
}

/** The layout that makes these sections of the plan. */
export function difference(plan: readonly SectionPlan[], sections: readonly Section[]): Layout {
  const plans = new Map(plan.map(({ name, panels }) => [name, panels]));
  const panels = sections.flatMap((section) => entriesOf(section, plans.get(section.name) ?? []));
  const shown = new Set(sections.flatMap(({ places }) => places.map(({ id }) => id)));
  const removed = new Set(plan.flatMap((one) => one.panels.map(({ id }) => id)).filter((id) => !shown.has(id)));
  const names = sections.map(({ name }) => name);
  const key = names.join("\n");
  // As many names as must be said; the others follow.
  const said = names.findIndex((_, count) => {
    const layout = { sections: names.slice(0, count), panels, removed };
    return arrange(plan, layout).map(({ name }) => name).join("\n") === key;
  });
  return { sections: said < 0 ? names : names.slice(0, said), panels, removed };
}

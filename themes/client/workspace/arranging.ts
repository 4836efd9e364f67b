/** What a reader does to a layout. Each change takes the layout apart, moves something, and says again what differs from the plan. */
import { type AddedPanel, HEIGHTS, type Layout, MOST_COLUMNS, OWN_SECTION, type Place, type Section, type SectionPlan, arrange, difference } from "./layout";

export interface Arranging {
  /** Puts a panel that is shown before another, or at the end of a section where that is null. */
  move: (id: string, section: string, before: string | null) => Layout;
  /** Moves a panel by places in the order of the page, over the ends of sections. */
  shift: (id: string, by: 1 | -1) => Layout;
  resize: (id: string, size: { width?: number; height?: number | null }) => Layout;
  /** A new panel at the end of a section. */
  add: (panel: AddedPanel, section: string) => Layout;
  /** A panel with other fields, in the place and the size of the one that it replaces, or in another section. */
  replace: (id: string, panel: AddedPanel, section: string) => Layout;
  remove: (id: string) => Layout;
  /** Puts a removed panel of the plan where it was. */
  restore: (id: string) => Layout;
  addSection: (name: string) => Layout;
  /** Another name for a section that is not of the plan. */
  renameSection: (name: string, to: string) => Layout;
  removeSection: (name: string) => Layout;
  shiftSection: (name: string, by: 1 | -1) => Layout;
}

/** The first number that no added panel has. */
function freeId(layout: Layout, plan: readonly SectionPlan[]): string {
  const taken = new Set([...layout.panels.map(({ id }) => id), ...plan.flatMap(({ panels }) => panels.map(({ id }) => id))]);
  let number = 1;
  while (taken.has(String(number))) number += 1;
  return String(number);
}

function bounded(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** The changes of a layout of a plan. */
export function arranging(plan: readonly SectionPlan[], layout: Layout): Arranging {
  const sections = arrange(plan, layout);
  const done = () => difference(plan, sections);
  const find = (id: string) => sections.find(({ places }) => places.some((place) => place.id === id));

  function take(id: string): Place | undefined {
    const section = find(id);
    const index = section?.places.findIndex((place) => place.id === id) ?? -1;
    return section?.places.splice(index, 1)[0];
  }
  function named(name: string): Section {
    const known = sections.find((section) => section.name === name);
    if (known) return known;
    const made: Section = { name, places: [] };
    sections.push(made);
    return made;
  }
  /** Sections that a panel has left empty go with it. */
  const withoutEmpty = (kept: string | null = null): Layout => {
    const before = new Set(arrange(plan, layout).filter(({ places }) => !places.length).map(({ name }) => name));
    const left = sections.filter(({ name, places }) => places.length > 0 || before.has(name) || name === kept);
    return difference(plan, left);
  };

  return {
    move(id, section, before) {
      if (id === before) return layout;
      const place = take(id);
      if (!place) return layout;
      const { places } = named(section);
      const index = before === null ? -1 : places.findIndex((other) => other.id === before);
      places.splice(index < 0 ? places.length : index, 0, place);
      return withoutEmpty();
    },
    shift(id, by) {
      const section = find(id);
      if (!section) return layout;
      const index = section.places.findIndex((place) => place.id === id);
      const next = sections[sections.indexOf(section) + by];
      const isInside = index + by >= 0 && index + by < section.places.length;
      if (!isInside && !next) return layout;
      const place = take(id) as Place;
      if (isInside) section.places.splice(index + by, 0, place);
      else next?.places.splice(by > 0 ? 0 : next.places.length, 0, place);
      return withoutEmpty();
    },
    resize(id, { width, height }) {
      const place = find(id)?.places.find((one) => one.id === id);
      if (!place) return layout;
      if (width !== undefined) place.width = bounded(Math.round(width), 1, MOST_COLUMNS);
      if (height !== undefined) place.height = height && bounded(Math.round(height / HEIGHTS.step) * HEIGHTS.step, HEIGHTS.least, HEIGHTS.most);
      return done();
    },
    add(panel, section) {
      named(section || OWN_SECTION).places.push({ id: freeId(layout, plan), added: panel, width: 1, height: null });
      return done();
    },
    replace(id, panel, section) {
      const from = find(id);
      const place = from?.places.find((one) => one.id === id);
      if (!from || !place) return layout;
      if (from.name !== section) named(section).places.push(take(id) as Place);
      if (!place.added) place.id = freeId(layout, plan);
      place.added = panel;
      return withoutEmpty();
    },
    remove(id) {
      take(id);
      return withoutEmpty();
    },
    restore(id) {
      const removed = new Set(layout.removed);
      removed.delete(id);
      return { ...layout, removed };
    },
    addSection(name) {
      if (!name || sections.some((section) => section.name === name)) return layout;
      sections.unshift({ name, places: [] });
      return done();
    },
    renameSection(name, to) {
      const section = sections.find((one) => one.name === name);
      if (!section || !to || sections.some((one) => one.name === to) || plan.some((one) => one.name === name)) return layout;
      section.name = to;
      return done();
    },
    removeSection(name) {
      return difference(plan, sections.filter((section) => section.name !== name));
    },
    shiftSection(name, by) {
      const index = sections.findIndex((section) => section.name === name);
      const other = sections[index + by];
      if (index < 0 || !other) return layout;
      sections[index + by] = sections[index] as Section;
      sections[index] = other;
      return done();
    },
  };
}

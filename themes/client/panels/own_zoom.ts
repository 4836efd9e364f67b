/** The zoom of a panel that has another metric in the place of the step: a range of that metric says nothing about steps. */
import type { Domain } from "../chart/domain";
import type { Store } from "../store";
import type { PanelSettings } from "./settings";

/** The settings as the panels over this metric see them: the zoom on it is theirs, and that of the others is not. */
export function withOwnZoom(settings: Store<PanelSettings>, name: string): Store<PanelSettings> {
  const isOwn = ({ x }: PanelSettings) => x === "step";
  const seen = (state: PanelSettings): PanelSettings =>
    isOwn(state) ? { ...state, zoom: state.zooms.get(name) ?? null } : state;

  function zooms(zoom: Domain | null): ReadonlyMap<string, Domain> {
    const known = settings.get().zooms;
    if (!zoom && !known.has(name)) return known;
    const changed = new Map(known);
    if (zoom) changed.set(name, zoom);
    else changed.delete(name);
    return changed;
  }

  return {
    get: () => seen(settings.get()),
    set(changes) {
      const { zoom, ...others } = changes;
      if (zoom === undefined || !isOwn({ ...settings.get(), ...others })) return settings.set(changes);
      settings.set({ ...others, zooms: zooms(zoom) });
    },
    subscribe: (listener) => settings.subscribe((state, before) => listener(seen(state), seen(before))),
  };
}

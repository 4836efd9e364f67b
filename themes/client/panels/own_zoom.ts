/**
 * Zooms that panels do not share: a range of one metric says nothing about steps or about another metric, and where each panel
 * zooms alone, none is shared.
 */
import type { Domain } from "../chart/domain";
import type { Store } from "../store";
import type { LinePanel } from "../types";
import { type PanelSettings, metricOf } from "./settings";

/** The name of a panel's zoom among those that are not shared; null where it has the shared one. */
export function zoomName({ title, xName, source, x }: Pick<LinePanel, "title" | "xName" | "source" | "x">, state: Pick<PanelSettings, "x" | "zoomAlone">): string | null {
  if (state.zoomAlone || (x !== undefined && x !== state.x)) return `panel:${title}`;
  if (state.x === "step") return xName ?? null;
  return metricOf(state.x) && source === "system" ? "panel:system" : null;
}

/** The settings as a panel sees them: its own where it has any, and its zoom. */
export function withOwnZoom(settings: Store<PanelSettings>, panel: LinePanel): Store<PanelSettings> {
  const seen = (state: PanelSettings): PanelSettings => {
    const name = zoomName(panel, state);
    return name === null ? state : { ...state, zoom: state.zooms.get(name) ?? null };
  };

  function zooms(name: string, zoom: Domain | null): ReadonlyMap<string, Domain> {
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
      const name = zoomName(panel, { ...settings.get(), ...others });
      if (zoom === undefined || name === null) return settings.set(changes);
      settings.set({ ...others, zooms: zooms(name, zoom) });
    },
    subscribe: (listener) => settings.subscribe((state, before) => listener(seen(state), seen(before))),
  };
}

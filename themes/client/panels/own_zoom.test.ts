import { describe, expect, it } from "vitest";
import { type Store, createStore } from "../store";
import type { LinePanel } from "../types";
import { withOwnZoom } from "./own_zoom";
import { type PanelSettings, axisOf, panelSettings } from "./settings";

const PANEL: LinePanel = { kind: "line", title: "loss", project: "p", metrics: ["loss"], source: "overview", runs: null };

function page(): { steps: Store<PanelSettings>; epochs: Store<PanelSettings>; samples: Store<PanelSettings> } {
  const steps = createStore(panelSettings(PANEL));
  return { steps, epochs: withOwnZoom(steps, "epoch"), samples: withOwnZoom(steps, "samples") };
}

describe("the zoom of panels over another metric", () => {
  it("is theirs, and that of the others is not", () => {
    const { steps, epochs, samples } = page();
    steps.set({ zoom: [100, 200] });
    expect([epochs.get().zoom, samples.get().zoom]).toEqual([null, null]);
    epochs.set({ zoom: [2, 3] });
    expect([steps, epochs, samples].map((store) => store.get().zoom)).toEqual([[100, 200], [2, 3], null]);
    samples.set({ zoom: [0, 64] });
    epochs.set({ zoom: null });
    expect([steps, epochs, samples].map((store) => store.get().zoom)).toEqual([[100, 200], null, [0, 64]]);
  });

  it("is shared by the panels of one metric", () => {
    const { steps, epochs } = page();
    const other = withOwnZoom(steps, "epoch");
    const seen: unknown[] = [];
    other.subscribe((state, before) => seen.push([before.zoom, state.zoom]));
    epochs.set({ zoom: [2, 3] });
    expect(other.get().zoom).toEqual([2, 3]);
    expect(seen).toEqual([[null, [2, 3]]]);
  });

  it("gives way to the zoom of all over time", () => {
    const { steps, epochs } = page();
    epochs.set({ zoom: [2, 3] });
    steps.set({ x: "relative" });
    expect(epochs.get().zoom).toBeNull();
    epochs.set({ zoom: [10, 20] });
    expect([steps.get().zoom, steps.get().zooms.get("epoch")]).toEqual([[10, 20], [2, 3]]);
  });

  it("leaves everything else as it is", () => {
    const { steps, epochs } = page();
    let told = 0;
    steps.subscribe(() => (told += 1));
    epochs.set({ zoom: null });
    expect(told).toBe(0);
    epochs.set({ smooth: 0.5, zoom: [0, 1] });
    expect([steps.get().smooth, steps.get().zoom, told]).toEqual([0.5, null, 1]);
  });
});

describe("the x axis of a panel", () => {
  it("is the metric that stands in for the step, unless time is chosen", () => {
    const own = { ...PANEL, xName: "epoch" };
    const chosen = (x: PanelSettings["x"]) => ({ ...panelSettings(PANEL), x });
    expect(axisOf(own, chosen("step"))).toBe("own");
    expect(axisOf(PANEL, chosen("step"))).toBe("step");
    expect(axisOf(own, chosen("wall"))).toBe("wall");
  });
});

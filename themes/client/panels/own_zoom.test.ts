import { describe, expect, it } from "vitest";
import { type Store, createStore } from "../store";
import type { LinePanel } from "../types";
import { withOwnZoom } from "./own_zoom";
import { type PanelSettings, alongOf, metricChoice, metricOf, ownSettings, panelSettings } from "./settings";

const PANEL: LinePanel = { kind: "line", title: "loss", project: "p", metrics: ["loss"], source: "overview", runs: null };

function over(xName: string): LinePanel {
  return { ...PANEL, title: `loss over ${xName}`, xName };
}

function page(): { steps: Store<PanelSettings>; epochs: Store<PanelSettings>; samples: Store<PanelSettings> } {
  const steps = createStore(panelSettings(PANEL));
  return { steps, epochs: withOwnZoom(steps, over("epoch")), samples: withOwnZoom(steps, over("samples")) };
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
    const other = withOwnZoom(steps, over("epoch"));
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

describe("panels that zoom alone", () => {
  it("have a zoom each, by their titles", () => {
    const steps = createStore(panelSettings(PANEL));
    const [loss, acc] = ["loss", "acc"].map((title) => withOwnZoom(steps, { ...PANEL, title })) as [Store<PanelSettings>, Store<PanelSettings>];
    loss.set({ zoom: [1, 2] });
    expect(acc.get().zoom).toEqual([1, 2]);
    loss.set({ zoomAlone: true });
    expect([loss.get().zoom, acc.get().zoom]).toEqual([null, null]);
    loss.set({ zoom: [3, 4] });
    expect([loss.get().zoom, acc.get().zoom, [...steps.get().zooms]]).toEqual([[3, 4], null, [["panel:loss", [3, 4]]]]);
    loss.set({ zoomAlone: false });
    expect([loss.get().zoom, acc.get().zoom]).toEqual([[1, 2], [1, 2]]);
  });

  it("are also those with an x axis of their own", () => {
    const steps = createStore(panelSettings(PANEL));
    const own = withOwnZoom(steps, { ...PANEL, title: "by epoch", x: "metric:epoch" });
    steps.set({ zoom: [100, 200] });
    expect(own.get().zoom).toBeNull();
    steps.set({ x: "metric:epoch", zoom: [2, 3] });
    expect(own.get().zoom).toEqual([2, 3]);
  });
});

describe("the x axis of a panel", () => {
  const along = (panel: LinePanel, x: PanelSettings["x"], logX = false) => alongOf(panel, { x, logX });

  it("is the metric that stands in for the step, unless something else is chosen", () => {
    expect(along(over("epoch"), "step")).toEqual({ axis: "own", log: false, over: "" });
    expect(along(PANEL, "step").axis).toBe("step");
    expect(along(over("epoch"), "wall").axis).toBe("wall");
  });

  it("is any metric, joined by step unless it was logged with the points", () => {
    expect(along(PANEL, "metric:epoch", true)).toEqual({ axis: "step", log: true, over: "epoch" });
    expect(along(over("epoch"), "metric:epoch").axis).toBe("own");
    expect(along(over("epoch"), "metric:lr")).toEqual({ axis: "step", log: false, over: "lr" });
    expect(metricOf(metricChoice("a:b"))).toBe("a:b");
  });

  it("is what a panel says, if that is a choice at all", () => {
    expect(ownSettings({ ...PANEL, x: "metric:lr", logY: false })).toEqual({ x: "metric:lr", logY: false });
    for (const x of ["metric:", "sideways", ""]) expect(ownSettings({ ...PANEL, x: x as "step" })).toEqual({});
  });

  it("is time for measures of the system, which have no steps of the run", () => {
    expect(along({ ...PANEL, source: "system" }, "metric:epoch").axis).toBe("relative");
  });

  it("is not logarithmic along wall time", () => {
    expect(along(PANEL, "wall", true).log).toBe(false);
  });
});

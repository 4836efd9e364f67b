import { describe, expect, it } from "vitest";
import kinds from "../../../tests/vectors/panel_kinds.json";
import { KINDS, fieldsOf } from "../panels/registry";
import type { Panel, ProjectIndex, RunsData } from "../types";
import { type Arranging, arranging } from "./arranging";
import { type AddedPanel, type Layout, NO_LAYOUT, type SectionPlan, arrange, difference, keepsOrder } from "./layout";
import { panelsField, removedField, sectionsField } from "./layout_codec";
import { completePanel, planSections } from "./plan";
import { layoutProblems } from "./problems";

const NONE = null as unknown as Panel;
const section = (name: string, ...ids: string[]): SectionPlan => ({ name, panels: ids.map((id) => ({ id, panel: NONE })) });
const PLAN = [section("val", "acc", "loss", "f1"), section("train", "lr", "norm"), section("system", "cpu")];
const LINES: AddedPanel = { kind: "line", metrics: ["acc", "loss"] };

/** The panels of each section, in order. */
function seen(layout: Layout, plan = PLAN): Record<string, string[]> {
  return Object.fromEntries(arrange(plan, layout).map(({ name, places }) => [name, places.map(({ id }) => id)]));
}

function after(...changes: ((now: Arranging) => Layout)[]): Layout {
  return changes.reduce((layout, make) => make(arranging(PLAN, layout)), NO_LAYOUT);
}

describe("a layout", () => {
  it("says nothing while nothing differs from the plan", () => {
    expect(difference(PLAN, arrange(PLAN, NO_LAYOUT))).toEqual(NO_LAYOUT);
    expect(after((now) => now.shift("acc", 1), (now) => now.shift("acc", -1))).toEqual(NO_LAYOUT);
    expect(after((now) => now.remove("acc"), (now) => now.restore("acc"))).toEqual(NO_LAYOUT);
    expect(after((now) => now.resize("acc", { width: 3, height: 400 }), (now) => now.resize("acc", { width: 1, height: null }))).toEqual(NO_LAYOUT);
    expect(after((now) => now.shiftSection("train", -1), (now) => now.shiftSection("train", 1))).toEqual(NO_LAYOUT);
  });

  it("names only what was moved", () => {
    const layout = after((now) => now.move("f1", "val", "acc"));
    expect(seen(layout)["val"]).toEqual(["f1", "acc", "loss"]);
    expect(layout.panels).toEqual([{ id: "f1", section: "val", after: "" }]);
    expect(after((now) => now.move("acc", "val", null)).panels).toEqual([{ id: "acc", section: "val" }]);
  });

  it("moves panels over the ends of sections, and a section that is left empty goes", () => {
    const layout = after((now) => now.shift("cpu", -1));
    expect(seen(layout)).toEqual({ val: ["acc", "loss", "f1"], train: ["lr", "norm", "cpu"] });
    expect(seen(after((now) => now.shift("f1", 1)))).toEqual({ val: ["acc", "loss"], train: ["f1", "lr", "norm"], system: ["cpu"] });
    expect(after((now) => now.shift("acc", -1))).toEqual(NO_LAYOUT);
  });

  it("has panels that were added, with the lowest free number", () => {
    const layout = after((now) => now.add(LINES, "val"), (now) => now.add(LINES, "mine"), (now) => now.remove("1"), (now) => now.add(LINES, "val"));
    expect(seen(layout)).toEqual({ val: ["acc", "loss", "f1", "1"], train: ["lr", "norm"], system: ["cpu"], mine: ["2"] });
  });

  it("edits a panel of the plan in its place, and the plan has it back", () => {
    const layout = after((now) => now.resize("loss", { width: 2 }), (now) => now.replace("loss", LINES, "val"));
    expect(seen(layout)["val"]).toEqual(["acc", "1", "f1"]);
    expect(layout.removed).toEqual(new Set(["loss"]));
    expect(layout.panels).toEqual([{ id: "1", panel: LINES, section: "val", after: "acc", width: 2 }]);
  });

  it("keeps new sections while they are empty, and says no more names than it must", () => {
    const layout = after((now) => now.addSection("mine"));
    expect(seen(layout)).toEqual({ mine: [], val: ["acc", "loss", "f1"], train: ["lr", "norm"], system: ["cpu"] });
    expect(layout.sections).toEqual(["mine"]);
    const filled = arranging(PLAN, layout).move("acc", "mine", null);
    expect(arranging(PLAN, filled).shiftSection("mine", 1).sections).toEqual(["val", "mine"]);
    expect(after((now) => now.addSection("val"))).toEqual(NO_LAYOUT);
  });

  it("gives another name only to sections of one's own", () => {
    const layout = after((now) => now.add(LINES, "mine"), (now) => now.renameSection("mine", "ours"), (now) => now.renameSection("val", "validation"));
    expect(Object.keys(seen(layout))).toEqual(["val", "train", "system", "ours"]);
    expect(arranging(PLAN, layout).renameSection("ours", "val")).toBe(layout);
  });

  it("hides a section with all its panels", () => {
    const layout = after((now) => now.removeSection("val"));
    expect(Object.keys(seen(layout))).toEqual(["train", "system"]);
    expect(layout.removed).toEqual(new Set(["acc", "loss", "f1"]));
  });

  it("has a place for metrics that came later, and bears with those that are gone", () => {
    const layout = after((now) => now.move("f1", "val", "acc"), (now) => now.add(LINES, "val"), (now) => now.remove("lr"));
    const later = [section("val", "acc", "auc", "loss"), section("train", "norm"), section("new", "x")];
    expect(seen(layout, later)).toEqual({ val: ["acc", "auc", "loss", "1"], train: ["norm"], new: ["x"] });
    expect(seen({ ...NO_LAYOUT, panels: [{ id: "acc", section: "val", after: "gone" }] })["val"]).toEqual(["loss", "f1", "acc"]);
  });

  it("comes back from any order", () => {
    let layout: Layout = NO_LAYOUT;
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let turn = 0; turn < 400; turn += 1) {
      const sections = arrange(PLAN, layout);
      const ids = sections.flatMap(({ places }) => places.map(({ id }) => id));
      const [id, other] = [ids[random(ids.length)] as string, ids[random(ids.length)] as string];
      const to = sections[random(sections.length)]?.name as string;
      const inside = sections.find(({ name }) => name === to)?.places.some((place) => place.id === other);
      const now = arranging(PLAN, layout);
      layout = [
        () => now.move(id, to, inside ? other : null),
        () => now.shift(id, random(2) ? 1 : -1),
        () => (ids.length < 14 ? now.add(LINES, to) : now.remove(id)),
        () => now.resize(id, { width: 1 + random(3), height: random(2) ? 300 : null }),
        () => now.shiftSection(to, random(2) ? 1 : -1),
      ][random(5)]?.() as Layout;
      const shown = arrange(PLAN, layout);
      expect(arrange(PLAN, difference(PLAN, shown))).toEqual(shown);
      expect(difference(PLAN, shown)).toEqual(layout);
      expect(panelsField.read(panelsField.write(layout.panels) ?? "")).toEqual(layout.panels);
    }
  });

  it("keeps the longest run of panels where they are", () => {
    expect(keepsOrder([3, 0, 1, 2])).toEqual(new Set([1, 2, 3]));
    expect(keepsOrder([])).toEqual(new Set());
  });
});

describe("a layout in the address", () => {
  it("is short: ten panels in far less than 2,000 characters", () => {
    let layout: Layout = NO_LAYOUT;
    for (let panel = 0; panel < 10; panel += 1) {
      layout = arranging(PLAN, layout).add({ kind: "line", metrics: [`validation/top${panel}/accuracy`, `train/head${panel}/gradient_norm`], logY: true }, "my comparison");
      layout = arranging(PLAN, layout).resize(String(panel + 1), { width: 2, height: 300 });
    }
    const text = new URLSearchParams({ panels: panelsField.write(layout.panels) ?? "" }).toString();
    expect(text.length).toBeLessThan(1600);
    expect(panelsField.read(new URLSearchParams(text).get("panels") ?? "")).toEqual(layout.panels);
  });

  it("keeps odd names", () => {
    const panels = [{ id: "1", panel: { kind: "line", metrics: ["a,b", "c*_%2A", "d.e"], title: "**x** _y_ %25" }, section: "s*", after: "" }, { id: "x.y*z_", height: 200 }];
    expect(panelsField.read(panelsField.write(panels) ?? "")).toEqual(panels);
    expect(removedField.read(removedField.write(new Set(["a,b", "%"])) ?? "")).toEqual(new Set(["a,b", "%"]));
    expect(sectionsField.read(sectionsField.write(["a,b", "c"]) ?? "")).toEqual(["a,b", "c"]);
  });

  it("bears with whatever an address says", () => {
    const read = (text: string) => panelsField.read(text);
    expect(read("")).toEqual([]);
    expect(read("**.**x")).toEqual([{ id: "1", panel: { kind: "x" } }]);
    expect(read(".acc*w_99*h_1**.acc*w_2")).toEqual([{ id: "acc", width: 6, height: 100 }]);
    expect(read("line.1*metrics_a**line.1*metrics_b")?.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(read("__proto__.1*constructor_x*__proto___y")).toHaveLength(1);
    expect(read(Array.from({ length: 5000 }, (_, index) => `.m${index}*w_2`).join("**"))).toHaveLength(300);
    expect(panelsField.file?.read([{ panel: "acc", width: 2 }, { kind: "line", metrics: "acc" }] as never)).toBe(".acc*w_2**line.1*metrics_acc");
    expect(panelsField.file?.read("nonsense")).toBe("");
  });
});

describe("kinds of panels", () => {
  it("are those that reportgen/site/view_panels.py knows", () => {
    const own = Object.keys(KINDS).flatMap((kind): [string, Record<string, string>][] => {
      const fields = fieldsOf(kind).map(({ name, of }): [string, string] => [name, typeof of === "object" ? "text" : of]);
      return fields.length ? [[kind, Object.fromEntries(fields)]] : [];
    });
    expect(Object.fromEntries(own)).toEqual(kinds);
  });

  it("have no field whose name means the place of a panel", () => {
    const taken = new Set(["kind", "id", "title", "panel", "section", "after", "width", "height", "in", "w", "h"]);
    for (const kind of Object.keys(KINDS)) for (const { name } of fieldsOf(kind)) expect(taken.has(name) || name.includes("_")).toBe(false);
  });
});

describe("a project", () => {
  const entry = (name: string, xName?: string) => ({ name, section: "", hidden: false, runs: 1, overviews: [], ...(xName && { xName }) });
  const index = { project: "p", metrics: [entry("acc", "epoch"), entry("7")], system: [entry("cpu"), entry("acc")], panels: [], views: [] } as unknown as ProjectIndex;
  const runs: RunsData = { project: "p", ids: ["a"], urls: ["a"], columns: [] };

  it("gives its panels ids of their own, and none that an added panel could have", () => {
    expect(planSections(index).flatMap(({ panels }) => panels.map(({ id }) => id))).toEqual(["acc", "metric:7", "cpu", "system:acc"]);
  });

  it("knows where the curves of an added panel are", () => {
    expect(completePanel({ kind: "line", metrics: ["acc"] }, index)).toMatchObject({ source: "overview", title: "acc", xName: "epoch", project: "p" });
    expect(completePanel({ kind: "line", metrics: ["cpu"], title: "Busy" }, index)).toMatchObject({ source: "system", title: "Busy" });
    expect(completePanel({ kind: "constructor" }, index)).toBeNull();
  });

  it("says what is asked for in vain", () => {
    const layout: Layout = {
      sections: [],
      panels: [
        { id: "1", panel: { kind: "nonsense" } },
        { id: "2", panel: { kind: "line", metrics: ["gone"] } },
        { id: "3", panel: { kind: "line" } },
        { id: "4", panel: { kind: "line", metrics: ["acc"], colour: "red" } },
        { id: "5", panel: { kind: "vega" } },
        { id: "old", width: 2 },
      ],
      removed: new Set(["older", "acc"]),
    };
    expect(layoutProblems(planSections(index), layout, index, runs)).toEqual([
      "There is no kind of panel “nonsense”.",
      "No run has the metric “gone”.",
      "A panel of the kind “line” needs “metrics”, “pattern” or “y”.",
      "A panel of the kind “line” has no “colour”.",
      "There is no kind of panel “vega”.",
      "And 2 more.",
    ]);
  });
});

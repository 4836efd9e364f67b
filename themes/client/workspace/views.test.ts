import { describe, expect, it } from "vitest";
import vector from "../../../tests/vectors/view.json";
import { readPlain, writePlain, writeState } from "../store";
import type { Plain, RunsData, View } from "../types";
import { type WorkspaceState, initialState, workspaceCodec } from "./state";
import { viewYaml } from "./view_file";
import { type Saved, presentView, viewPresets, viewState } from "./views";

function project(ids: string[]): RunsData {
  return { project: "digits", ids, urls: ids, columns: [] };
}

function view(changes: Partial<View> = {}): View {
  return { name: "v", title: "V", description: "", default: false, state: {}, ...changes };
}

function saved(views: View[], ids: string[] = vector.ids): Saved {
  return { views, initial: initialState(ids.length, "summary.acc"), codec: workspaceCodec(project(ids), "summary.acc"), project: null };
}

const STATE = vector.state as unknown as Record<string, Plain>;

describe("the file of a view", () => {
  it("is what reportgen/site/saved_views.py reads", () => {
    const { title, name, description, default: first } = vector;
    expect(viewYaml({ title, name, description, default: first, state: STATE }, vector.project)).toBe(vector.text);
  });

  it("names every field of the address, and no other", () => {
    const { codec } = saved([]);
    const names = Object.entries(codec).map(([field, one]) => one?.name ?? field);
    expect(Object.keys(STATE)).toEqual(names);
  });

  it("has the state under the names of the address, and brings it back", () => {
    const of = saved([]);
    const state = { ...of.initial, ...readPlain(STATE, of.codec) };
    expect(state.closed).toEqual(new Set([1, 2]));
    expect(state.folded).toEqual(new Set(["val", "a,b%", "null"]));
    expect(state.zoom).toEqual([1763868000.5, 1763868900]);
    expect([state.logX, state.logY, state.list, state.smooth, state.column]).toEqual([true, true, false, 0.85, ""]);
    expect(writePlain(state, of.codec)).toEqual(STATE);
    expect([...new URLSearchParams(writeState(state, of.codec)).keys()]).toEqual(Object.keys(STATE));
  });

  it("says nothing but its title when nobody has touched anything", () => {
    const of = saved([]);
    expect(viewYaml(presentView("As it is", of.initial, of), null)).toBe("title: As it is\n");
  });

  it("names runs and never numbers them", () => {
    const ids = Array.from({ length: 100 }, (_, run) => `r${run}`);
    const of = saved([], ids);
    const closed = new Set(Array.from({ length: 40 }, (_, run) => run));
    const plain = writePlain({ ...of.initial, closed }, of.codec);
    expect(plain["runs"]).toEqual({ but: ids.slice(0, 40) });
    expect(readPlain(plain, of.codec).closed).toEqual(closed);
    expect(writePlain({ ...of.initial, closed: new Set(ids.keys()) }, of.codec)["runs"]).toBe("none");
  });

  it.each(["a: b", "- a", "#a", "null", "Yes", "1e3", " a", "a ", "", "{a", "it's", "a\nb", "\u2028\u007f\ud800", "!x", "*x", "a #b", "\\d"])("quotes %j", (title) => {
    const line = viewYaml(view({ title }), null);
    expect(line).toMatch(/^title: (?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")\n$/);
    expect(line).not.toMatch(/[\u2028\u007f\ud800]/);
  });
});

describe("views", () => {
  const smooth = view({ name: "smooth", title: "Smooth", state: { smooth: 0.5 } });
  const wall = view({ name: "wall", title: "Wall", default: true, description: "Clock", state: { x: "wall" } });

  it("set all of the state that an address can have", () => {
    const of = saved([smooth]);
    const touched: WorkspaceState = { ...of.initial, x: "wall", closed: new Set([1]) };
    expect({ ...touched, ...viewState(smooth, of) }).toEqual({ ...of.initial, smooth: 0.5 });
    expect({ ...touched, ...viewState(null, of) }).toEqual(of.initial);
  });

  it("are found by their names, and the default without one", () => {
    const presets = viewPresets(saved([smooth, wall]));
    expect(presets("smooth").smooth).toBe(0.5);
    expect(presets(null).x).toBe("wall");
    expect(presets("nobody")).toEqual({});
    expect(viewPresets(saved([smooth]))(null)).toEqual({});
  });

  it("keep their file when they are saved again", () => {
    const of = saved([smooth, wall]);
    const again = presentView("Wall", { ...of.initial, x: "relative" }, of);
    expect(again).toEqual({ ...wall, state: { x: "relative" } });
    expect(presentView("Übung: 1/2", of.initial, of).name).toBe("übung-1-2");
    expect(presentView("///", of.initial, of).name).toBe("view");
  });

  it("ignore what they cannot read", () => {
    const of = saved([]);
    const odd: Record<string, Plain> = { x: "sideways", smooth: 7, zoom: "3", runs: { gone: ["r0"] }, folded: true, __proto__: "x" };
    expect(readPlain(odd, of.codec)).toEqual({ folded: new Set() });
    expect(readPlain({ runs: { only: ["r0", "nobody"] } }, of.codec).closed).toEqual(new Set([1, 2, 3]));
  });
});

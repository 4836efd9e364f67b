import { beforeAll, describe, expect, it, vi } from "vitest";

let asLines: typeof import("./key_values").asLines;
let foldsOf: typeof import("./key_values").foldsOf;

beforeAll(async () => {
  // The module wires the page that it is loaded on; here there is none.
  vi.stubGlobal("HTMLElement", class {});
  vi.stubGlobal("customElements", { define: () => undefined });
  vi.stubGlobal("document", { querySelectorAll: () => [] });
  ({ asLines, foldsOf } = await import("./key_values"));
});

describe("foldsOf", () => {
  it("folds where at least two keys share a beginning", () => {
    expect([...foldsOf(["model.a", "model.b.c", "model.b.d", "lr", "data.name"])]).toEqual([
      ["model", ["model.a", "model.b.c", "model.b.d"]],
      ["model.b", ["model.b.c", "model.b.d"]],
    ]);
  });

  it("does not fold under a key that has a value of its own", () => {
    expect(foldsOf(["loss", "loss.min", "loss.max"]).size).toBe(0);
  });
});

describe("asLines", () => {
  it("has the whole key and the full value of each row", () => {
    expect(asLines([["a.b", "1"], ["c", "x y"]])).toBe("a.b: 1\nc: x y");
  });
});

import { beforeAll, describe, expect, it, vi } from "vitest";

let asLines: typeof import("./key_values").asLines;

beforeAll(async () => {
  // The module wires the page that it is loaded on; here there is none.
  vi.stubGlobal("HTMLElement", class {});
  vi.stubGlobal("customElements", { define: () => undefined });
  vi.stubGlobal("document", { querySelectorAll: () => [] });
  ({ asLines } = await import("./key_values"));
});

describe("asLines", () => {
  it("has the whole key and the full value of each row", () => {
    expect(asLines([["a.b", "1"], ["c", "x y"]])).toBe("a.b: 1\nc: x y");
  });
});

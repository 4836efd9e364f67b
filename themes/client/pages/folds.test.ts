import { describe, expect, it } from "vitest";
import { foldsOf } from "./folds";

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

import { describe, expect, it } from "vitest";
import type { Column, RunsData } from "../../types";
import { factorsOf, forestWords } from "./importance";

const column = (key: string, type: Column["type"], values: Column["values"]): Column => ({
  key,
  label: key.replace(/^\w+\./, ""),
  group: key.startsWith("config.") ? "config" : "summary",
  type,
  values,
});
const metric = column("summary.acc", "number", [1, 2, 3, 4, 5, 6]);
const runs: RunsData = {
  project: "p",
  ids: ["a", "b", "c", "d", "e", "f"],
  urls: [],
  columns: [
    metric,
    column("config.lr", "number", [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]),
    column("config.opt", "string", ["x", "x", "x", "y", "y", "y"]),
    column("config.host", "string", ["a", "b", "c", "d", "e", "f"]),
    column("config.same", "number", [1, 1, 1, 1, 1, 1]),
  ],
};

describe("factors of a metric", () => {
  const forest = { runs: 6, of: 6, score: 0.9, noise: 0.1, keys: [{ key: "config.opt", importance: 0.7, spread: 0.1 }] };

  it("are keys that differ, without a key for each run", () => {
    expect(factorsOf(runs, metric, [0, 1, 2, 3, 4, 5], null).map(({ column: { label } }) => label)).toEqual(["lr", "opt"]);
    expect(factorsOf(runs, metric, [0, 1, 2], null)).toEqual([]);
  });

  it("have the signed correlation of ranks, or the ratio of words", () => {
    const [lr, opt] = factorsOf(runs, metric, [0, 1, 2, 3, 4, 5], null);
    expect(lr?.correlation).toBeCloseTo(1);
    expect(opt?.correlation).toBeCloseTo(Math.sqrt(13.5 / 17.5));
  });

  it("go by importance where there is one", () => {
    expect(factorsOf(runs, metric, [0, 1, 2, 3, 4, 5], forest).map(({ column: { label } }) => label)).toEqual(["opt", "lr"]);
  });

  it("say how much the forest is to be believed", () => {
    expect(forestWords({ ...forest, runs: 1000, of: 4000 }, "")).toContain("1\u202f000 of".replace("1\u202f000", "1000"));
    expect(forestWords({ ...forest, score: 0.1 }, "")).toContain("do not trust it");
    expect(forestWords({ ...forest, missing: "too few runs" }, "")).toBe("too few runs");
    expect(forestWords(null, "no scikit-learn")).toBe("no scikit-learn");
  });
});

import { describe, expect, it, vi } from "vitest";
import { parseExpression } from "../chart/expression";
import type { LinePanel, ProjectIndex } from "../types";

vi.mock("../data", () => ({ DataError: class extends Error {} }));

const { MOST_METRICS, resolvePanel } = await import("./line_metrics");

const entry = (name: string, hidden = false) => ({ name, section: "", hidden, runs: 1, overviews: [] });
const INDEX = {
  metrics: [entry("train/loss"), entry("val/loss"), entry("val/acc"), entry("val/secret", true), ...Array.from({ length: 40 }, (_, index) => entry(`layer/${index}`))],
  system: [entry("cpu"), entry("gpu.0/power")],
} as unknown as ProjectIndex;
const PANEL: LinePanel = { kind: "line", title: "t", project: "p", metrics: [], source: "overview", runs: null };

function metrics(changes: Partial<LinePanel>): readonly string[] {
  return resolvePanel({ ...PANEL, ...changes }, INDEX, parseExpression).panel.metrics;
}

describe("the metrics of a panel", () => {
  it("are those that a pattern finds, beside those with names, each once", () => {
    expect(metrics({ pattern: "^val/" })).toEqual(["val/loss", "val/acc"]);
    expect(metrics({ pattern: "loss$", metrics: ["val/loss", "other"] })).toEqual(["val/loss", "other", "train/loss"]);
    expect(metrics({ pattern: "power", source: "system" })).toEqual(["gpu.0/power"]);
  });

  it("are not more than can be told apart, and it is known how many are missing", () => {
    const resolved = resolvePanel({ ...PANEL, pattern: "layer" }, INDEX, parseExpression);
    expect([resolved.panel.metrics.length, resolved.omitted]).toEqual([MOST_METRICS, 40 - MOST_METRICS]);
  });

  it("are said to be none in words", () => {
    expect(() => metrics({ pattern: "nothing" })).toThrow("no metric matches “nothing”");
    expect(() => metrics({ pattern: "(" })).toThrow("“(” is no regular expression: ");
    expect(() => metrics({})).toThrow("the panel names no metric");
  });

  it("are the first of an expression that has one value a run", () => {
    const { panel, expression } = resolvePanel({ ...PANEL, metrics: ["val/acc"], y: "train/loss - val/loss" }, INDEX, parseExpression);
    expect([panel.metrics, expression?.metrics]).toEqual([["train/loss"], ["train/loss", "val/loss"]]);
  });

  it("are each put into an expression of y", () => {
    expect(metrics({ pattern: "^val/", y: "log10(y)" })).toEqual(["val/loss", "val/acc"]);
    expect(() => metrics({ metrics: ["val/acc"], y: "log10(y" })).toThrow("“(” is not closed, at character 6 of “log10(y”");
  });
});

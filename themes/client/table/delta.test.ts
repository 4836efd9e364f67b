import { describe, expect, it } from "vitest";
import { columnsByKey } from "./columns";
import { delta, isSame } from "./delta";
import { runsData } from "./sample";

const columns = columnsByKey(
  runsData({
    duration: [60, 90],
    "config.lr": [0.1, 0.1],
    "config.seed": [0, 1],
    "summary.val/acc": [0.9, 0.95],
    "summary.val/loss": [0.2, 0.1],
    "summary.epoch": [3, null],
  }),
);
const of = (key: string, value: number) => delta(columns.get(key)!, value, 0);

describe("delta", () => {
  it("has a sign and says what is better", () => {
    expect(of("summary.val/acc", 0.95)).toEqual({ text: "+0.05", better: 1 });
    expect(of("summary.val/acc", 0.8)).toEqual({ text: "−0.1", better: -1 });
    expect(of("summary.val/loss", 0.1)).toEqual({ text: "−0.1", better: 1 });
    expect(of("summary.val/loss", 0.2)).toEqual({ text: "±0", better: 0 });
    expect(of("duration", 90)).toEqual({ text: "+30 s", better: 0 });
    expect(of("summary.epoch", 4)).toEqual({ text: "+1", better: 0 });
  });

  it("is none without a number on either side, and for what was set", () => {
    expect(of("summary.val/acc", NaN)).toBeNull();
    expect(delta(columns.get("summary.epoch")!, 3, 1)).toBeNull();
    expect(of("config.seed", 1)).toBeNull();
  });
});

describe("isSame", () => {
  it("is what a run was given like the baseline", () => {
    expect(isSame(columns.get("config.lr")!, 1, 0)).toBe(true);
    expect(isSame(columns.get("config.lr")!, 0, 0)).toBe(false);
    expect(isSame(columns.get("config.seed")!, 1, 0)).toBe(false);
    expect(isSame(columns.get("summary.val/acc")!, 1, 0)).toBe(false);
  });
});

import { describe, expect, it } from "vitest";
import { columnOffsets, columnsInSight, columnWidth, ROW_HEIGHT, rowsInSight, scrolledTo } from "./layout";
import { runsData } from "./sample";

describe("columnsInSight", () => {
  const offsets = columnOffsets([100, 50, 200, 80]);

  it("finds the columns that a stretch touches", () => {
    expect(columnsInSight(offsets, 0, 120)).toEqual({ first: 0, end: 2 });
    expect(columnsInSight(offsets, 100, 150)).toEqual({ first: 1, end: 2 });
    expect(columnsInSight(offsets, 149, 351)).toEqual({ first: 1, end: 4 });
  });

  it("stays within the columns there are", () => {
    expect(columnsInSight(offsets, -500, 5000)).toEqual({ first: 0, end: 4 });
    expect(columnsInSight(offsets, 1000, 2000)).toEqual({ first: 4, end: 4 });
    expect(columnsInSight(columnOffsets([]), 0, 100)).toEqual({ first: 0, end: 0 });
  });
});

describe("rowsInSight", () => {
  it("covers the height with spare rows on both sides", () => {
    expect(rowsInSight(100 * ROW_HEIGHT, 10 * ROW_HEIGHT, 10_000, 5)).toEqual({ first: 95, end: 115 });
  });

  it("stays within the rows there are, also after they became fewer", () => {
    expect(rowsInSight(0, 320, 3)).toEqual({ first: 0, end: 3 });
    expect(rowsInSight(90_000, 320, 3)).toEqual({ first: 3, end: 3 });
    expect(rowsInSight(0, 0, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe("scrolledTo", () => {
  it("moves as little as shows a stretch", () => {
    expect(scrolledTo(100, 50, 110, 120)).toBe(100);
    expect(scrolledTo(100, 50, 80, 90)).toBe(80);
    expect(scrolledTo(100, 50, 160, 170)).toBe(120);
  });
});

describe("columnWidth", () => {
  const measure = (text: string) => text.length * 8;
  const data = runsData({ name: ["a", "a-very-long-name-of-a-run"], "config.notes": ["x".repeat(500), ""], "config.s": [1, 2] });
  const [name, notes, small] = data.columns;

  it("holds the longest text, within bounds", () => {
    if (!name || !notes || !small) throw new Error("the sample has three columns");
    expect(columnWidth(name, [0, 1], undefined, measure)).toBeGreaterThan(25 * 8);
    expect(columnWidth(notes, [0, 1], undefined, measure)).toBe(280);
    expect(columnWidth(small, [0, 1], undefined, measure)).toBe(64);
  });

  it("has room for differences from a baseline, and for the word beside its name", () => {
    const runs = runsData({ name: ["a", "b"], "summary.acc": [0.123456, 0.9] });
    const [names, accuracy] = runs.columns;
    if (!names || !accuracy) throw new Error("the sample has two columns");
    for (const column of [names, accuracy]) {
      const alone = columnWidth(column, [0, 1], { groups: null, baseline: -1 }, measure);
      expect(columnWidth(column, [0, 1], { groups: null, baseline: 1 }, measure)).toBeGreaterThan(alone);
    }
  });
});

import { describe, expect, it } from "vitest";
import { compareTexts, rowTest, rowsCsv, shownRows } from "./table_rows";

const COLUMNS = ["score", "true class", "text"];
const ROWS = [
  ["0.9", "3", "A cat"],
  ["0.1", "5", "a dog"],
  ["", "3", "Catalogue"],
];
const matches = (filter: string) => ROWS.map(rowTest(filter, COLUMNS));

describe("compareTexts", () => {
  it("compares numbers by size and keeps empty cells last", () => {
    expect(["10", "", "9", "1e-3"].sort(compareTexts)).toEqual(["1e-3", "9", "10", ""]);
    expect(["b10", "b9", "B1"].sort(compareTexts)).toEqual(["B1", "b9", "b10"]);
  });
});

describe("rowTest", () => {
  it("finds words in any cell, whatever their case; all of them", () => {
    expect(matches("cat")).toEqual([true, false, true]);
    expect(matches("cat a")).toEqual([true, false, true]);
    expect(matches('"a cat"')).toEqual([true, false, false]);
    expect(matches("")).toEqual([true, true, true]);
  });

  it("compares columns that there are, and empty cells with nothing", () => {
    expect(matches("score > 0.5")).toEqual([true, false, false]);
    expect(matches("score<=0.5")).toEqual([false, true, false]);
    expect(matches('"true class" = 3 cat')).toEqual([true, false, true]);
    expect(matches('text != "a dog"')).toEqual([true, false, true]);
    expect(matches("other > 1")).toEqual([false, false, false]);
  });
});

describe("shownRows", () => {
  const state = { sort: 0, down: false, filter: "" };

  it("sorts both ways with empty cells last, and keeps the order of equals", () => {
    expect(shownRows(ROWS, COLUMNS, state)).toEqual([1, 0, 2]);
    expect(shownRows(ROWS, COLUMNS, { ...state, down: true })).toEqual([0, 1, 2]);
    expect(shownRows(ROWS, COLUMNS, { ...state, sort: 1 })).toEqual([0, 2, 1]);
  });

  it("filters before, and leaves the order alone without a column", () => {
    expect(shownRows(ROWS, COLUMNS, { sort: -1, down: false, filter: "3" })).toEqual([0, 2]);
  });
});

describe("rowsCsv", () => {
  it("quotes what needs it and defuses formulas, but not negative numbers", () => {
    const text = (cell: unknown) => (cell === null ? "" : String(cell));
    expect(rowsCsv(["a", "=b"], [[-1.5, '=HYPERLINK("x")'], [null, "x,y"]], text)).toBe(`a,'=b\r\n-1.5,"'=HYPERLINK(""x"")"\r\n,"x,y"\r\n`);
  });
});

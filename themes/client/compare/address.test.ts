import { describe, expect, it } from "vitest";
import { readState, writeState } from "../store";
import { MOST_COMPARED, chosenRuns, compareAddress, movedId, readIds } from "./address";
import { joinNames } from "../names";
import { CODEC, INITIAL } from "./state";

describe("the address", () => {
  it("names runs with commas between, whatever is in their ids", () => {
    const ids = ["a", "b,c", "50%", "50%2C", "x&y=z#", "é"];
    expect(readIds(joinNames(ids))).toEqual(ids);
    const hash = compareAddress("compare/index.html", ids).replace(/^.*?#/, "");
    expect(readState(hash, CODEC).runs).toEqual(ids);
    expect(readState(writeState({ ...INITIAL, runs: ids }, CODEC), CODEC).runs).toEqual(ids);
  });

  it("is short and plain where ids are", () => {
    expect(compareAddress("c.html", ["a1", "b2"])).toBe("c.html#runs=a1,b2");
    expect(writeState({ ...INITIAL, runs: ["a1", "b2"], part: "code" }, CODEC)).toBe("runs=a1,b2&show=code");
    expect(writeState(INITIAL, CODEC)).toBe("");
  });

  it("names each run once, and none by an empty name", () => {
    expect(readIds("a,b,,a,")).toEqual(["a", "b"]);
  });
});

describe("chosenRuns", () => {
  it("keeps the order, and says what it does not know", () => {
    expect(chosenRuns(["c", "nope", "a"], ["a", "b", "c"])).toEqual({ runs: [2, 0], unknown: ["nope"], left: 0 });
  });

  it("takes as many as can be read side by side", () => {
    const ids = Array.from({ length: MOST_COMPARED + 3 }, (_, run) => `r${run}`);
    const { runs, left } = chosenRuns(ids, ids);
    expect([runs.length, left]).toEqual([MOST_COMPARED, 3]);
  });
});

describe("movedId", () => {
  it("moves within the ends", () => {
    expect(movedId(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
    expect(movedId(["a", "b", "c"], "a", 1)).toEqual(["b", "a", "c"]);
    expect(movedId(["a", "b", "c"], "a", 9)).toEqual(["b", "c", "a"]);
    expect(movedId(["a", "b", "c"], "a", -1)).toEqual(["a", "b", "c"]);
  });
});

import { describe, expect, it } from "vitest";
import { compileFilter } from "../query";
import { columnsByKey } from "./columns";
import { condition, conditions, columnExpression, operators, withCondition, withoutCondition } from "./conditions";
import { runsData } from "./sample";

const data = runsData({
  name: ["adam-1", "sgd-1", 'odd"name'],
  tags: [["a,b"], [], ["base"]],
  "config.lr": [0.1, 0.01, 1],
  "config.optimizer.name": ["adam", "sgd", "adam"],
  "config.a key": ["x", "y", "x"],
  "config.in": [true, false, true],
  "summary.val/acc": [0.9, 0.8, null],
});
const columns = columnsByKey(data);
const passing = (filter: string) => [0, 1, 2].filter(compileFilter(filter, data));

describe("conditions", () => {
  it("are what stands between && outside of quotes and brackets", () => {
    expect(conditions('config.lr < 1 && (state == "a && b" && rows > 1) && "x" in tags')).toEqual([
      "config.lr < 1",
      '(state == "a && b" && rows > 1)',
      '"x" in tags',
    ]);
  });

  it("are one where || reaches over all of it, and for words", () => {
    expect(conditions('config.lr < 1 && rows > 1 || name == "a"')).toHaveLength(1);
    expect(conditions("adam 0.1")).toEqual(["adam 0.1"]);
    expect(conditions(" ")).toEqual([]);
  });

  it("can be taken away one by one", () => {
    expect(withoutCondition('a.b < 1 && name == "x && y" && rows > 1', 1)).toBe("a.b < 1 && rows > 1");
    expect(withoutCondition("adam", 0)).toBe("");
  });

  it("are added once, and hold together with what is there", () => {
    expect(withCondition("config.lr < 1", "config.lr < 1")).toBe("config.lr < 1");
    expect(passing(withCondition("config.lr < 0.05 || config.lr >= 1", 'config.optimizer.name == "adam"'))).toEqual([2]);
  });

  it("are added to words too", () => {
    expect(passing("adam|base")).toEqual([0, 2]);
    expect(passing(withCondition("adam|base", "config.lr < 0.5"))).toEqual([0]);
  });
});

describe("a condition on a column", () => {
  const made = (key: string, operator: Parameters<typeof condition>[1], text: string) => condition(columns.get(key)!, operator, text) ?? "";

  it("finds the runs that it names, whatever the key is called", () => {
    expect(passing(made("config.lr", "<=", "0.1"))).toEqual([0, 1]);
    expect(passing(made("summary.val/acc", ">", "0.85"))).toEqual([0]);
    expect(passing(made("config.optimizer.name", "!=", "adam"))).toEqual([1]);
    expect(passing(made("config.a key", "==", "y"))).toEqual([1]);
    expect(passing(made("config.in", "==", "true"))).toEqual([0, 2]);
    expect(passing(made("tags", "in", "a,b"))).toEqual([0]);
    expect(passing(made("name", "matches", "^(adam|odd)"))).toEqual([0, 2]);
    expect(passing(made("name", "==", 'odd"name'))).toEqual([2]);
  });

  it("is none for text that is no value of it", () => {
    expect([made("config.lr", "<", "fast"), made("config.lr", "<", ""), made("config.in", "==", "yes")]).toEqual(["", "", ""]);
  });

  it("is not offered where expressions cannot speak of it", () => {
    expect(columnExpression({ key: "system.gpu", label: "gpu", group: "system", type: "number", values: [] })).toBe("");
    expect(operators(columns.get("tags")!).map(([operator]) => operator)).toEqual(["in"]);
  });
});

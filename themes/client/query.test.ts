import { describe, expect, it } from "vitest";
import vectors from "../../tests/vectors/filter.json";
import { compileFilter, compileQuery, isExpression, QueryError } from "./query";
import type { Cell, Column, ColumnType, RunsData } from "./types";

type Nested = { [key: string]: unknown };

function typeOf(value: unknown): ColumnType {
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  return Array.isArray(value) ? "list" : "string";
}

function flattened(values: Nested, prefix = ""): [string, unknown][] {
  return Object.entries(values).flatMap(([key, value]): [string, unknown][] =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? flattened(value as Nested, `${prefix}${key}.`)
      : [[prefix + key, value]],
  );
}

/** A run as the site's data have it: flat columns, null for NaN. */
function runsData(run: Nested): RunsData {
  const columns: Column[] = [];
  const add = (key: string, group: Column["group"], value: unknown) => {
    const cell = value === "NaN" ? null : (value as Cell);
    columns.push({ key, label: key, group, type: typeOf(value === "NaN" ? 0 : value), values: [cell] });
  };
  for (const [key, value] of Object.entries(run)) {
    if (key === "config") for (const [name, one] of flattened(value as Nested)) add(`config.${name}`, "config", one);
    else if (key === "summary") for (const [name, one] of Object.entries(value as Nested)) add(`summary.${name}`, "summary", one);
    else if (key !== "id") add(key, "run", value);
  }
  return { project: "digits", ids: [String(run["id"])], urls: ["runs/a/index.html"], columns };
}

const data = runsData(vectors.run);

describe("the filter language agrees with Python", () => {
  it.each(vectors.cases)("$expression", ({ expression, expected }) => {
    expect(compileQuery(expression, data)(0)).toBe(expected);
  });

  it.each(vectors.errors)("$expression is refused", ({ expression }) => {
    expect(() => compileQuery(expression, data)(0)).toThrow(QueryError);
  });
});

describe("what stands in a filter box", () => {
  it("is an expression when it compares or calls something", () => {
    const expressions = ["config.lr < 1", '"a" in tags', "!config.flag", "config.augment", "name.matches('x')"];
    expect(expressions.map(isExpression)).toEqual([true, true, true, true, true]);
    expect(["adam", "adam|sgd", "adam-1e-3", "^sgd.*s0$", "lr 0.1"].map(isExpression)).toEqual([false, false, false, false, false]);
  });

  it("is searched for in names and tags otherwise, as a regular expression where it is one", () => {
    expect(compileFilter("ADAM", data)(0)).toBe(true);
    expect(compileFilter("^adam.*3$", data)(0)).toBe(true);
    expect(compileFilter("basel", data)(0)).toBe(true);
    expect(compileFilter("sgd", data)(0)).toBe(false);
    expect(compileFilter("adam[", data)(0)).toBe(false);
    expect(compileFilter("  ", data)(0)).toBe(true);
  });

  it("says what is wrong in words", () => {
    expect(() => compileFilter("config.lr <", data)).toThrow("The expression ends too early.");
    expect(() => compileFilter("lr < 1", data)).toThrow("“lr” is unknown");
  });

  it("never reaches what every object has", () => {
    expect(compileFilter("has(config.__proto__)", data)(0)).toBe(false);
    expect(compileFilter("has(config.constructor)", data)(0)).toBe(false);
    const odd = runsData({ ...vectors.run, config: { constructor: 1 } });
    expect(compileFilter("config.constructor == 1", odd)(0)).toBe(true);
  });
});

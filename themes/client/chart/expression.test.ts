import { describe, expect, it } from "vitest";
import vectors from "../../../tests/vectors/expression.json";
import { ExpressionError, parseExpression } from "./expression";

type Row = Readonly<Record<string, unknown>> & { text: string };

/** What a row gives for each input of its expression. */
function inputsOf<Value>(row: Row): [ReturnType<typeof parseExpression>, Value[]] {
  const expression = parseExpression(row.text, vectors.known);
  const names = [...(expression.usesY ? ["y"] : []), ...expression.metrics];
  return [expression, names.map((name) => row[name] as Value)];
}

describe("an expression", () => {
  it.each(vectors.values as Row[])("$text", (row) => {
    const [expression, inputs] = inputsOf<number>(row);
    expect(expression.value(inputs)).toBeCloseTo(row["is"] as number, 12);
  });

  it.each(vectors.ranges as Row[])("keeps bounds: $text", (row) => {
    const [expression, inputs] = inputsOf<[number, number]>(row);
    expect(expression.range(inputs).map((end) => end + 0)).toEqual(row["is"]);
  });

  it.each(vectors.errors)("says what is wrong with “$text”", ({ text, says }) => {
    expect(() => parseExpression(text, vectors.known)).toThrow(new ExpressionError(says));
  });

  it("is unbounded where something is divided by what may be 0", () => {
    expect(parseExpression("1 / y", []).range([[-1, 1]])).toEqual([-Infinity, Infinity]);
    expect(parseExpression("y ^ -1", []).range([[0, 1]])).toEqual([-Infinity, Infinity]);
  });

  it("is refused before it is too much", () => {
    expect(() => parseExpression(`${"(".repeat(500)}y`, [])).toThrow("nested too deep");
    expect(() => parseExpression(`${"-".repeat(500)}y`, [])).toThrow("nested too deep");
    expect(() => parseExpression(`y${"+y".repeat(501)}`, [])).toThrow("longer than 1000 characters");
  });

  it("is not a number where its inputs are not", () => {
    expect(parseExpression("y + 1", []).value([NaN])).toBeNaN();
    expect(parseExpression("log10(y)", []).value([-1])).toBeNaN();
  });
});

/** Filters as conditions that can be added and taken away one by one: the chips of the filter box, and the filter of a column's menu. */
import { isExpression } from "../expression";
import type { Column } from "../types";

const RESERVED = /^(?:in|as|break|const|continue|else|false|for|function|if|import|let|loop|namespace|null|package|return|true|var|void|while)$/;
const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

/** The end of the text in quotes that begins at an index. */
function quoteEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === text[start]) return index;
  }
  return text.length;
}

/** An expression cut at operators outside of quotes and brackets. */
function cutAt(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? "";
    if (sign === '"' || sign === "'") index = quoteEnd(text, index);
    else if (sign in CLOSING) depth += 1;
    else if (Object.values(CLOSING).includes(sign)) depth -= 1;
    else if (depth === 0 && text.startsWith(operator, index)) {
      parts.push(text.slice(from, index).trim());
      from = index + operator.length;
      index = from - 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}

/** Whether all of an expression is one condition beside others: no `||` and no `?` that reaches over the whole of it. */
function isWhole(text: string): boolean {
  return cutAt(text, "||").length === 1 && cutAt(text, "?").length === 1;
}

/** The conditions that must all hold; words to search for are one. */
export function conditions(filter: string): string[] {
  const text = filter.trim();
  if (!text) return [];
  return isExpression(text) && isWhole(text) ? cutAt(text, "&&").filter(Boolean) : [text];
}

/** Words to search for as an expression that means nearly the same: only that case matters. */
function asExpression(text: string): string {
  if (isExpression(text)) return isWhole(text) ? text : `(${text})`;
  const quoted = JSON.stringify(text);
  return `(name.matches(${quoted}) || tags.exists(tag, tag.matches(${quoted})))`;
}

/** A filter with one more condition. */
export function withCondition(filter: string, condition: string): string {
  const text = filter.trim();
  if (!text) return condition;
  return conditions(text).includes(condition) ? text : `${asExpression(text)} && ${condition}`;
}

/** A filter without one of its conditions. */
export function withoutCondition(filter: string, index: number): string {
  return conditions(filter)
    .filter((_, place) => place !== index)
    .join(" && ");
}

/** A column as expressions name it; empty for one that they cannot speak of. */
export function columnExpression({ key, group }: Column): string {
  if (group === "system") return "";
  if (group === "run") return key;
  const rest = key.slice(group.length + 1);
  const plain = rest.split(".").every((part) => /^[A-Za-z_]\w*$/.test(part) && !RESERVED.test(part));
  return plain ? `${group}.${rest}` : `${group}[${JSON.stringify(rest)}]`;
}

export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "matches" | "in";

/** The operators that make sense for a column, with their words; the first is the usual one. */
export function operators(column: Column): readonly (readonly [Operator, string])[] {
  if (column.type === "list") return [["in", "contains"]];
  if (column.type === "number" || column.type === "duration" || column.type === "time") {
    return [
      ["<=", "at most"],
      [">=", "at least"],
      ["<", "less than"],
      [">", "more than"],
      ["==", "is"],
      ["!=", "is not"],
    ];
  }
  const equal = [["==", "is"], ["!=", "is not"]] as const;
  return column.type === "string" ? [...equal, ["matches", "matches (regex)"]] : equal;
}

/** A condition on a column; null when the text is no value of it. */
export function condition(column: Column, operator: Operator, text: string): string | null {
  const name = columnExpression(column);
  if (!name) return null;
  const quoted = JSON.stringify(text);
  if (operator === "in") return text ? `${quoted} in ${name}` : null;
  if (operator === "matches") return text ? `${name}.matches(${quoted})` : null;
  if (column.type === "boolean") return text === "true" || text === "false" ? `${name} ${operator} ${text}` : null;
  if (column.type === "string" || column.type === "state") return `${name} ${operator} ${quoted}`;
  const value = column.type === "time" && /\D/.test(text) ? Date.parse(text) / 1000 : Number(text);
  return text.trim() && Number.isFinite(value) ? `${name} ${operator} ${value}` : null;
}

/**
 * The filter language of reportgen/frames/query.py in the browser: CEL over one run at a time. A run that lacks a key, or
 * has something there that cannot be compared, does not match. Every number is a decimal. tests/vectors/filter.json is what both must agree on.
 */
import { Environment, type ParseResult } from "@marcbachmann/cel-js";
import { isExpression } from "./expression";
import type { Column, RunsData } from "./types";

export { isExpression };

/** What an expression may speak of. */
const NAMES = [
  "name",
  "id",
  "state",
  "tags",
  "group",
  "job_type",
  "notes",
  "config",
  "summary",
  "started",
  "duration",
  "rows",
] as const;

const LONGEST = 2000;
const DEEPEST = 100;

/** Arithmetic of a decimal with an integer, which CEL does not have. */
const MIXED = /^no such overload: (?:dyn<double>|double) [-+*/%] (?:dyn<int>|int)$|^no such overload: (?:dyn<int>|int) [-+*/%] (?:dyn<double>|double)$/;

/** An expression that cannot be used, in words for the person who wrote it. */
export class QueryError extends Error {
  override name = "QueryError";
}

export type Context = Record<string, unknown>;
type RunTest = (run: number) => boolean;

let environment: Environment | undefined;

function queryEnvironment(): Environment {
  if (!environment) {
    environment = new Environment({ homogeneousAggregateLiterals: false, limits: { maxDepth: DEEPEST } });
    for (const name of NAMES) environment.registerVariable(name, "dyn");
  }
  return environment;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}

/** The same trouble in the words of the page, not of the parser. */
function inWords(message: string): string {
  if (/unexpected token: eof/i.test(message)) return "The expression ends too early.";
  const unknown = /unknown variable: (\w+)/i.exec(message);
  if (unknown) {
    return `“${unknown[1]}” is unknown. An expression speaks of ${NAMES.join(", ")}; text stands in quotes.`;
  }
  return message.endsWith(".") ? message : `${message}.`;
}

function parsed(text: string): ParseResult {
  if (text.length > LONGEST) throw new QueryError("The expression is too long.");
  let program: ParseResult;
  try {
    program = queryEnvironment().parse(text);
  } catch (error) {
    throw new QueryError(inWords(firstLine(error)));
  }
  const check = program.check();
  if (!check.valid) throw new QueryError(inWords(firstLine(check.error)));
  return program;
}

/** Whether an expression is true of a run as the expression sees it. */
export function matchesContext(program: ParseResult, context: Context): boolean {
  let result: unknown;
  try {
    result = program(context);
  } catch (error) {
    const message = firstLine(error);
    if (MIXED.test(message)) throw new QueryError("Numbers of a run are decimals: write 2.0 instead of 2, or int(rows) % 2.");
    if (/regular expression|regex/i.test(message)) throw new QueryError(inWords(message));
    // Else it fails on this run's values: a missing key, a comparison of text with a number.
    return false;
  }
  if (typeof result !== "boolean") {
    throw new QueryError("The expression is no condition: compare its value with something, as in summary.acc > 0.9.");
  }
  return result;
}

/** Parses and checks an expression; throws a `QueryError` in words. */
export function parseQuery(text: string): ParseResult {
  return parsed(text);
}

/** Maps and not objects, because a run may have logged a key such as "constructor". */
type Keys = Map<string, unknown>;

/** Sets `optimizer.name` both as it was nested and under its whole key, which is how it stands if a key had the dot. */
function setNested(target: Keys, key: string, value: unknown): void {
  const parts = key.split(".");
  let place = target;
  for (const part of parts.slice(0, -1)) {
    let next = place.get(part);
    if (!(next instanceof Map)) place.set(part, (next = new Map()));
    place = next as Keys;
  }
  place.set(parts[parts.length - 1] ?? key, value);
  target.set(key, value);
}

/** Whether the expression can only reach config and summary through keys that stand in its text. */
function namesItsKeys(text: string): boolean {
  return !/\\|\b(?:config|summary)\b\s*(?![\s.[])|\b(?:config|summary)\s*\[\s*(?!["'])|\.(?:all|exists|exists_one|map|filter|size)\s*\(/.test(text);
}

interface NeededColumn {
  column: Column;
  place: "config" | "summary" | "";
  key: string;
}

function neededColumns(text: string, columns: readonly Column[]): NeededColumn[] {
  const every = !namesItsKeys(text);
  const needed: NeededColumn[] = [];
  for (const column of columns) {
    const place = column.group === "config" || column.group === "summary" ? column.group : "";
    const key = place ? column.key.slice(place.length + 1) : column.key;
    const first = key.split(".")[0] ?? key;
    if (!every && !text.includes(first)) continue;
    if (!place && !(NAMES as readonly string[]).includes(key)) continue;
    needed.push({ column, place, key });
  }
  return needed;
}

function contextOf(run: number, data: RunsData, columns: readonly NeededColumn[]): Context {
  const config: Keys = new Map();
  const summary: Keys = new Map();
  const context: Context = { name: "", state: "", tags: [], group: "", job_type: "", notes: "", config, summary };
  context["id"] = data.ids[run];
  for (const { column, place, key } of columns) {
    const cell = column.values[run] ?? null;
    if (cell === null) continue;
    if (place === "config") setNested(config, key, cell);
    else if (place === "summary") summary.set(key, cell);
    else context[key] = cell;
  }
  return context;
}

/** A test for runs of a table, from an expression; throws a `QueryError` if it cannot be used. */
export function compileQuery(text: string, data: RunsData): RunTest {
  const program = parsed(text);
  const columns = neededColumns(text, data.columns);
  return (run) => matchesContext(program, contextOf(run, data, columns));
}

/** A test for names and tags: the text as a regular expression, or as it stands if it is none; case does not matter. */
export function compileSearch(text: string, data: RunsData): RunTest {
  let pattern: RegExp;
  try {
    pattern = new RegExp(text, "i");
  } catch {
    pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
  }
  const names = data.columns.find((column) => column.key === "name")?.values ?? [];
  const tags = data.columns.find((column) => column.key === "tags")?.values ?? [];
  return (run) => {
    const tagged = tags[run];
    return pattern.test(String(names[run] ?? data.ids[run])) || (Array.isArray(tagged) && tagged.some((tag) => pattern.test(tag)));
  };
}

/** A test from what stands in a filter box: an expression, or words to search for. */
export function compileFilter(text: string, data: RunsData): RunTest {
  if (!text.trim()) return () => true;
  return isExpression(text) ? compileQuery(text, data) : compileSearch(text.trim(), data);
}

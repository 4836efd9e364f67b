/**
 * Arithmetic over metrics, as it is written in a panel: `log10(y)`, `{val/loss} - {train/loss}`. A small parser of its own,
 * because pages may not evaluate text as code. tests/vectors/expression.json says what is understood and what is not.
 */
import { type Operation, FUNCTIONS, OPERATORS, type Range } from "./operations";

/** An expression that cannot be used, in words and with its place, for the person who wrote it. */
export class ExpressionError extends Error {
  override name = "ExpressionError";
}

type Node = { value: number } | { input: number } | { operation: Operation; parts: readonly Node[] };

/** What an expression comes to at the values of its inputs. */
export interface Expression {
  text: string;
  /** the metrics that it speaks of by name, in the order of their first mention */
  metrics: readonly string[];
  /** whether it speaks of `y`, the metric that is drawn; `y` is then the input before those by name */
  usesY: boolean;
  value: (inputs: readonly number[]) => number;
  /** bounds of the value where the inputs are within bounds */
  range: (inputs: readonly Range[]) => Range;
}

const LONGEST = 1000;
const DEEPEST = 64;
const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i;
const WORD = /^[a-z_]\w*/i;
const Y = "y";

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}

/** Reads a text from left to right; a metric whose name is known may stand without braces, the longest that fits. */
class Reader {
  readonly inputs: string[] = [];
  usesY = false;
  #at = 0;
  #depth = 0;
  readonly #text: string;
  readonly #known: readonly string[];

  constructor(text: string, known: Iterable<string>) {
    this.#text = text;
    this.#known = [...known].filter((name) => name && text.includes(name)).sort((a, b) => b.length - a.length);
  }

  whole(): Node {
    const node = this.#sum();
    if (this.#rest()) throw this.#unexpected();
    return node;
  }

  /** What is left, without the space before it. */
  #rest(): string {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at += 1;
    return this.#text.slice(this.#at);
  }

  #fail(what: string, at = this.#at): ExpressionError {
    return new ExpressionError(`${what}, at character ${at + 1} of “${this.#text}”`);
  }

  #unexpected(): ExpressionError {
    const [next] = [...this.#rest()];
    if (next === undefined) return new ExpressionError(this.#text.trim() ? `“${this.#text}” ends too early` : "an expression is needed");
    return this.#fail(next === ")" ? "“)” closes nothing" : `“${next}” is not expected here`);
  }

  #take(symbols: string): string {
    const next = this.#rest()[0] ?? "";
    if (!next || !symbols.includes(next)) return "";
    this.#at += 1;
    return next;
  }

  #chain(symbols: string, part: () => Node): Node {
    let node = part();
    for (let symbol = this.#take(symbols); symbol; symbol = this.#take(symbols)) {
      node = { operation: OPERATORS[symbol] as Operation, parts: [node, part()] };
    }
    return node;
  }

  #sum(): Node {
    return this.#chain("+-", () => this.#chain("*/", () => this.#signed()));
  }

  #signed(): Node {
    if ((this.#depth += 1) > DEEPEST) throw this.#fail("this is nested too deep");
    const sign = this.#take("+-");
    const node = sign ? this.#signed() : this.#power();
    this.#depth -= 1;
    return sign === "-" ? { operation: OPERATORS["-"] as Operation, parts: [{ value: 0 }, node] } : node;
  }

  #power(): Node {
    const base = this.#atom();
    return this.#take("^") ? { operation: OPERATORS["^"] as Operation, parts: [base, this.#signed()] } : base;
  }

  #atom(): Node {
    const rest = this.#rest();
    const start = this.#at;
    if (this.#take("(")) return this.#closed(start, () => this.#sum());
    if (rest.startsWith("{")) return this.#braced(rest);
    // A longer word than the metric is another one.
    const bare = this.#known.find((name) => rest.startsWith(name) && !/^\w/.test(rest.slice(name.length)) && !/^[\d.]/.test(name));
    const word = WORD.exec(rest)?.[0] ?? "";
    if (bare !== undefined && bare.length > word.length) return this.#metric(bare, bare.length);
    const number = NUMBER.exec(rest)?.[0];
    if (number) {
      this.#at += number.length;
      return { value: Number(number) };
    }
    return word ? this.#word(word, bare) : this.#raise();
  }

  #raise(): never {
    throw this.#unexpected();
  }

  #closed<Made>(start: number, inside: () => Made): Made {
    const made = inside();
    if (!this.#take(")")) throw this.#rest() ? this.#unexpected() : this.#fail("“(” is not closed", start);
    return made;
  }

  #braced(rest: string): Node {
    const end = rest.indexOf("}");
    if (end < 0) throw this.#fail("“{” is not closed");
    const name = rest.slice(1, end).trim();
    if (!name) throw this.#fail("the braces name no metric");
    return this.#metric(name, end + 1);
  }

  #metric(name: string, length: number): Node {
    this.#at += length;
    if (!this.inputs.includes(name)) this.inputs.push(name);
    return { input: this.inputs.indexOf(name) + 1 };
  }

  #word(word: string, bare: string | undefined): Node {
    const start = this.#at;
    const isCall = this.#text.slice(start + word.length).trimStart().startsWith("(");
    const operation = own(FUNCTIONS, word);
    if (isCall && operation) {
      this.#at += word.length;
      return this.#call(word, operation);
    }
    if (word === Y) {
      this.#at += 1;
      this.usesY = true;
      return { input: 0 };
    }
    if (bare !== undefined) return this.#metric(bare, bare.length);
    const value = own(CONSTANTS, word);
    if (value === undefined) throw this.#fail(this.#strange(word, isCall, operation !== undefined));
    this.#at += word.length;
    return { value };
  }

  #strange(word: string, isCall: boolean, isFunction: boolean): string {
    if (isFunction) return `“${word}” needs parentheses`;
    if (isCall) return `there is no function “${word}”, only ${Object.keys(FUNCTIONS).join(", ")}`;
    return `“${word}” is no metric that is known here; “y” is the one of the panel, {…} names one`;
  }

  #call(word: string, operation: Operation): Node {
    const start = this.#at;
    this.#take("(");
    const parts = this.#closed(start, () => {
      const found = [this.#sum()];
      while (this.#take(",")) found.push(this.#sum());
      return found;
    });
    const { arity } = operation;
    if (parts.length !== arity) throw this.#fail(`“${word}” takes ${arity === 1 ? "one value" : `${arity} values`}, not ${parts.length}`, start - word.length);
    return { operation, parts };
  }
}

function valueOf(node: Node, inputs: readonly number[]): number {
  if ("value" in node) return node.value;
  if ("input" in node) return inputs[node.input] ?? NaN;
  return node.operation.value(...node.parts.map((part) => valueOf(part, inputs)));
}

function rangeOf(node: Node, inputs: readonly Range[]): Range {
  if ("value" in node) return [node.value, node.value];
  if ("input" in node) return inputs[node.input] ?? [NaN, NaN];
  return node.operation.range(...node.parts.map((part) => rangeOf(part, inputs)));
}

/** An expression from its text. `known` are the metrics that may stand without braces. Throws an `ExpressionError`. */
export function parseExpression(text: string, known: Iterable<string>): Expression {
  if (text.length > LONGEST) throw new ExpressionError(`the expression is longer than ${LONGEST} characters`);
  const reader = new Reader(text, known);
  const node = reader.whole();
  if (!reader.usesY && !reader.inputs.length) throw new ExpressionError(`“${text}” speaks of no metric`);
  const { usesY, inputs: metrics } = reader;
  const all = <Value>(inputs: readonly Value[], nothing: Value) => (usesY ? inputs : [nothing, ...inputs]);
  return {
    text,
    metrics,
    usesY,
    value: (inputs) => valueOf(node, all(inputs, NaN)),
    range: (inputs) => rangeOf(node, all<Range>(inputs, [NaN, NaN])),
  };
}

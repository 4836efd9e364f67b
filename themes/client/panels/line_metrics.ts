/** Which metrics a line panel draws: those that it names, those that its pattern finds, those that its expression needs. */
import type { Expression, parseExpression } from "../chart/expression";
import { DataError } from "../data";
import type { LinePanel, MetricEntry, ProjectIndex } from "../types";

/** More lines a run than this cannot be told apart. */
export const MOST_METRICS = 24;

export interface Resolved {
  /** with the metrics that are drawn */
  panel: LinePanel;
  expression: Expression | null;
  /** how many metrics the pattern has found beyond the most that are drawn */
  omitted: number;
}

function entriesOf(index: ProjectIndex, { source }: LinePanel): readonly MetricEntry[] {
  return source === "system" ? index.system : index.metrics;
}

function patternTest(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw new DataError(`“${pattern}” is no regular expression: ${(error as Error).message.replace(/^Invalid regular expression: /, "")}`);
  }
}

/** The names that a pattern finds among the metrics that are not hidden. */
function found(index: ProjectIndex, panel: LinePanel): string[] {
  if (!panel.pattern) return [];
  const test = patternTest(panel.pattern);
  return entriesOf(index, panel).filter(({ name, hidden }) => !hidden && test.test(name)).map(({ name }) => name);
}

/** A panel with what it asks for in names. Throws an error in words when there is nothing, or it makes no sense. */
export function resolvePanel(panel: LinePanel, index: ProjectIndex, parse: typeof parseExpression): Resolved {
  const known = [...index.metrics, ...index.system].map(({ name }) => name);
  const expression = panel.y ? parse(panel.y, known) : null;
  if (expression && !expression.usesY) {
    // Such an expression has one value a run, whatever metrics the panel names: its points are at the steps of the first.
    return { panel: { ...panel, metrics: expression.metrics.slice(0, 1) }, expression, omitted: 0 };
  }
  const metrics = [...new Set([...(panel.metrics ?? []), ...found(index, panel)])];
  if (!metrics.length) throw new DataError(panel.pattern ? `no metric matches “${panel.pattern}”` : "the panel names no metric");
  const drawn = metrics.slice(0, MOST_METRICS);
  return { panel: { ...panel, metrics: drawn }, expression, omitted: Math.max(0, metrics.length - MOST_METRICS) };
}

/** The entries of a panel's lines: of their overviews, and the finest that are at hand, each joined with its partners. */
import { type Along, type Entries, curveAlong, entriesOf } from "../chart/curve";
import type { Domain } from "../chart/domain";
import type { Expression } from "../chart/expression";
import { type Source, byStep, joinedEntries, stepsWithin } from "../chart/joined";
import { pointsWithin } from "../chart/levels";
import { type Detail, type Wanted, detailCovers, detailEntries } from "../chart/tiles";
import type { Curve } from "../types";
import type { PanelLine } from "./line_data";
import type { Partners } from "./partners";

/** A curve that finer levels would show more of. */
export interface Coarse {
  curve: Curve;
  wanted: Wanted;
}

export interface Sources {
  overview: (line: PanelLine, along: Along) => Entries;
  /** the finest entries at hand that cover a range of x */
  finest: (line: PanelLine, along: Along, range: Domain) => Entries;
  /** of a line on so many pixels */
  coarse: (line: PanelLine, along: Along, range: Domain, width: number) => Coarse[];
  /** places of the finest parts that have been fetched, whatever they cover */
  places: (line: PanelLine, along: Along) => Float64Array;
  /** finer parts that have been fetched */
  details: Map<Curve, Detail>;
}

/** Keeps what a function made for a key. */
function memo<Key extends object, Value>(make: (key: Key, along: Along) => Value): (key: Key, along: Along) => Value {
  const made = new Map<string, WeakMap<Key, Value>>();
  return (key, along) => {
    const name = `${along.axis} ${along.log} ${along.over}`;
    const values = made.get(name) ?? new WeakMap<Key, Value>();
    made.set(name, values);
    let value = values.get(key);
    if (value === undefined) values.set(key, (value = make(key, along)));
    return value;
  };
}

/** The curve of a line that is drawn along an axis; it has no entries there if it has no place on it. */
function curveOf(line: PanelLine, along: Along): Curve {
  return curveAlong(line.curve, along.axis) ?? line.curve;
}

/** The curves of a joined line. */
interface Parts {
  y: Curve;
  others: readonly (Curve | null)[];
  /** undefined where the axis itself gives x */
  x: Curve | null | undefined;
}

function everyCurve({ y, others, x }: Parts): Curve[] {
  return [y, ...others, x].filter((curve): curve is Curve => Boolean(curve));
}

function isRising(values: Float64Array): boolean {
  return values.every((value, index) => index === 0 || value >= (values[index - 1] as number));
}

interface Kept {
  of: readonly unknown[];
  entries: Entries;
}

/** What is joined, as long as it is made of the same. */
function keeper(): (line: PanelLine, name: string, of: readonly unknown[], make: () => Entries) => Entries {
  const kept = new WeakMap<PanelLine, Map<string, Kept>>();
  return (line, name, of, make) => {
    const all = kept.get(line) ?? new Map<string, Kept>();
    kept.set(line, all);
    const before = all.get(name);
    if (before && before.of.length === of.length && of.every((each, index) => each === before.of[index])) return before.entries;
    const entries = make();
    all.set(name, { of, entries });
    return entries;
  };
}

/** Makes the entries of a panel's lines, and keeps those that the next picture can use again. */
export function createSources(metrics: readonly string[], expression: Expression | null, partners: Partners): Sources {
  const details = new Map<Curve, Detail>();
  const logged = memo((line: PanelLine, along) => entriesOf(line.curve, along, line.started));
  const startOf = new WeakMap<Detail, number>();
  const partEntries = memo((detail: Detail, along) => detailEntries(detail, along, startOf.get(detail) ?? NaN));
  const stepEntries = memo((curve: Curve, _along) => byStep({ parts: [curve], started: NaN }));
  const keep = keeper();
  const isJoined = ({ over }: Along) => expression !== null || over !== "";
  const STEPS: Along = { axis: "step", log: false, over: "" };

  function partsOf(line: PanelLine, { over }: Along): Parts {
    const of = (metric: string) => (metric === metrics[line.metric] ? line.curve : partners.of(line, metric));
    return { y: line.curve, others: (expression?.metrics ?? []).map(of), x: over ? of(over) : undefined };
  }

  function joined(line: PanelLine, along: Along, parts: Parts, used: ReadonlyMap<Curve, Detail>): Entries {
    const source = (curve: Curve): Source => ({ parts: used.get(curve)?.parts ?? [curve], started: line.started });
    const within = along.over ? [...new Set(used.values())].map(({ covered }) => covered) : [];
    const others = parts.others.map((curve) => curve && source(curve));
    return joinedEntries({ y: source(parts.y), others, expression, x: parts.x && source(parts.x) }, along, within);
  }

  function overview(line: PanelLine, along: Along): Entries {
    if (!isJoined(along)) return logged(line, along);
    const parts = partsOf(line, along);
    const name = `overview ${along.axis} ${along.log} ${along.over}`;
    return keep(line, name, [parts.y, ...parts.others, parts.x], () => joined(line, along, parts, new Map()));
  }

  /** What a range of x asks of each curve of a line; null when nothing of it is there. */
  function wantedOf(line: PanelLine, along: Along, range: Domain, { x }: Parts): Wanted | null {
    if (!along.over) return { ranges: [range], along, started: line.started };
    const places = x && stepEntries(x, STEPS);
    const ranges = places ? stepsWithin(places, range) : [];
    // Where x rises with the step, so does the need for points at the left end of a logarithmic axis.
    return places && ranges.length ? { ranges, along: { ...STEPS, log: along.log && isRising(places.last) }, started: line.started } : null;
  }

  function finest(line: PanelLine, along: Along, range: Domain): Entries {
    const coarse = overview(line, along);
    if (!isJoined(along)) {
      const detail = details.get(curveOf(line, along));
      if (!detail) return coarse;
      startOf.set(detail, line.started);
      const isCovered = detailCovers(detail, { ranges: [range], along, started: line.started });
      return (isCovered ? partEntries(detail, along) : null) ?? coarse;
    }
    const parts = partsOf(line, along);
    const wanted = wantedOf(line, along, range, parts);
    const used = new Map<Curve, Detail>();
    for (const curve of wanted ? everyCurve(parts) : []) {
      const detail = details.get(curveAlong(curve, along.axis) ?? curve);
      if (detail && wanted && detailCovers(detail, wanted)) used.set(curve, detail);
    }
    if (!used.size) return coarse;
    const of = everyCurve(parts).map((curve) => used.get(curve) ?? curve);
    return keep(line, `finest ${along.axis} ${along.log} ${along.over}`, of, () => joined(line, along, parts, used));
  }

  function coarse(line: PanelLine, along: Along, range: Domain, width: number): Coarse[] {
    if (!isJoined(along)) {
      const curve = curveOf(line, along);
      const isFine = !along.log && curve.bucket * width <= pointsWithin(overview(line, along), range, curve.rows);
      return curve.deeper && !isFine ? [{ curve, wanted: { ranges: [range], along, started: line.started } }] : [];
    }
    const parts = partsOf(line, along);
    const wanted = wantedOf(line, along, range, parts);
    if (!wanted) return [];
    return everyCurve(parts).flatMap((whole) => {
      const curve = curveAlong(whole, along.axis) ?? whole;
      return curve.deeper ? [{ curve, wanted }] : [];
    });
  }

  function places(line: PanelLine, along: Along): Float64Array {
    const detail = isJoined(along) ? undefined : details.get(curveOf(line, along));
    return (detail && partEntries(detail, along)?.x) ?? new Float64Array();
  }

  return { overview, finest, coarse, places, details };
}

/** All that a reader can change on the page that compares runs, and its text in the address. */
import { type Codec, numberField, switchField, textField } from "../store";
import type { XAxis } from "../types";
import { joinNames } from "../names";
import { readIds } from "./address";

export type Part = "values" | "metrics" | "media" | "code";
export const PARTS: readonly Part[] = ["values", "metrics", "media", "code"];

export interface CompareState {
  /** ids in order, the baseline first */
  runs: readonly string[];
  part: Part;
  /** only what differs; `auto` when there are many values */
  differing: "auto" | "yes" | "no";
  /** words that keys and values are searched for */
  search: string;
  /** regular expression over metric names */
  metrics: string;
  x: XAxis;
  /** 0 to 0.99 */
  smooth: number;
  logY: boolean;
  /** of the media; -1 for the last */
  step: number;
  /** id of the run whose code stands against the baseline's; empty for the second */
  against: string;
}

/** The state before anybody has touched anything. */
export const INITIAL: CompareState = {
  runs: [],
  part: "values",
  differing: "auto",
  search: "",
  metrics: "",
  x: "step",
  smooth: 0,
  logY: false,
  step: -1,
  against: "",
};

/** How the state stands in the address. */
export const CODEC: Codec<CompareState> = {
  runs: { write: (ids) => (ids.length ? joinNames(ids) : null), read: readIds },
  part: { name: "show", ...textField<Part>("values", PARTS) },
  differing: textField<CompareState["differing"]>("auto", ["auto", "yes", "no"]),
  search: textField<string>(""),
  metrics: textField<string>(""),
  x: textField<XAxis>("step", ["step", "relative", "wall"]),
  smooth: numberField(0, 0, 0.99),
  logY: switchField,
  step: numberField(-1),
  against: textField<string>(""),
};

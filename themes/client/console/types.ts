/** What the build writes for the console and the files of a run. */
import type { DataRef, Numbers } from "../types";

/** On the element of a console: some of its lines, and the number of the first, counted from 0. */
export interface ConsolePart extends DataRef { first: number; lines: number }
/** key "<slug>/r/<run>/console-<n>" */
export interface ConsoleData {
  /** the lines, with codes for colours and weight; what an earlier line left on is said again */
  text: string;
  /** which of them went to stderr, counted from 0 */
  errors: number[];
  /** seconds since the epoch */
  start: number;
  /** of each line, seconds since the start; a gap where unknown */
  times: Numbers;
}

/** key "previews/<hash>": the text of a saved file */
export interface FileText { text: string }

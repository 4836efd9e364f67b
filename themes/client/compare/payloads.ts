/** What the build writes for the page that compares runs: reportgen/pages/compared_run.py, reportgen/site/compared_data.py. */
import type { DataRef } from "../types";

/** key "<slug>/compare": url of the ComparedRun of each run, by number; empty for none */
export interface ComparedRuns { urls: string[] }

/** key "<slug>/r/<run>/compare": what is compared of a run besides the runs table */
export interface ComparedRun {
  /** heading, label and value of what is known of the machine, the code and the environment */
  facts: [string, string, string][];
  /** words of the command line */
  command: string[];
  code: ComparedCode;
  /** whether the patch is longer than what is here of it */
  cut: boolean;
  /** metrics, and system metrics, that the run has logged */
  metrics: string[];
  system: string[];
  /** key "<slug>/patch/<hash>": the uncommitted changes as a text */
  patch?: DataRef;
  /** key "<slug>/packages/<hash>": name -> version, a Record<string, string> */
  packages?: DataRef;
  /** key "<slug>/r/<run>/gallery": leads to ComparedMedia */
  media?: DataRef;
}

export interface ComparedCode {
  commit: string;
  /** https address of the commit at its forge; empty when there is none */
  page: string;
  repository: string;
  /** https address of the page that compares two commits, with {old} and {new} */
  compare: string;
  /** whether there were uncommitted changes; null when nobody knows */
  dirty: boolean | null;
  /** what the patch leaves out, in words */
  leftOut: string[];
}

/** The gallery of a run as its page has it, with urls relative to the page that compares runs. Made by the build's templates. */
export interface ComparedMedia { html: string }

/** Which runs are shown, the same in the runs table and in the workspace: the address takes it from one to the other. */
import { textField, writeState, type Codec, type Store } from "../store";
import type { RunsData } from "../types";
import { runsField } from "../workspace/state";

/** What both pages mean by the same names in the address. */
export interface ShownRuns {
  filter: string;
  closed: ReadonlySet<number>;
}

/** The text after `#` with which the other page shows the same runs. */
export function shownRunsText(data: RunsData, { filter, closed }: ShownRuns): string {
  const codec: Codec<ShownRuns> = { filter: textField<string>(""), closed: runsField(data) };
  return writeState({ filter, closed }, codec);
}

/** Keeps the links of the header to a page up to date; `page` is its whole address. */
export function carryShownRuns(page: string, data: RunsData, store: Store<ShownRuns>): void {
  const target = new URL(page).pathname;
  const links = [...document.querySelectorAll<HTMLAnchorElement>("#places a")].filter((link) => link.pathname === target);
  const carry = () => {
    const text = shownRunsText(data, store.get());
    for (const link of links) link.hash = text;
  };
  store.subscribe(carry);
  carry();
}

/** The step in the address, before its `#`, which names the tab. The last step, which a page opens at, needs no words. */

const NAME = "step";
/** Browsers stop pages that change their address much more often. */
const AT_MOST_EVERY = 300;

let waiting = 0;

/** The step that an address asks for; NaN for none. */
export function stepIn(search: string): number {
  const text = new URLSearchParams(search).get(NAME);
  return text === null || text.trim() === "" ? NaN : Number(text);
}

/** An address's part behind `?`, with a step or without. */
export function withStep(search: string, step: number | null): string {
  const parameters = new URLSearchParams(search);
  if (step === null) parameters.delete(NAME);
  else parameters.set(NAME, String(step));
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Writes the step into the address, soon. */
export function keepStep(step: number | null): void {
  clearTimeout(waiting);
  waiting = window.setTimeout(() => {
    history.replaceState(history.state, "", `${location.pathname}${withStep(location.search, step)}${location.hash}`);
  }, AT_MOST_EVERY);
}

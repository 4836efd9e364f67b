/** Searching names. */

/** A test for names: a regular expression, or plain text while it is none. */
export function metricTest(search: string): (name: string) => boolean {
  try {
    const pattern = new RegExp(search, "i");
    return (name) => pattern.test(name);
  } catch {
    return (name) => name.toLowerCase().includes(search.toLowerCase());
  }
}

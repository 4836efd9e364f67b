/** Several names in one text of an address. */

/** Names between commas; a comma in a name is escaped. */
export function joinNames(names: readonly string[]): string {
  return names.map((name) => name.replace(/[%,]/g, encodeURIComponent)).join(",");
}

/** The names in such a text. */
export function splitNames(text: string): string[] {
  return text === "" ? [] : text.split(",").map((name) => name.replace(/%25|%2C/gi, decodeURIComponent));
}

/** The title of a panel as a heading one level below the heading that it stands under, wherever it is put. */

const ABOVE = ":is(h1, h2, h3, h4, h5):not(.panel-title)";

/** The tag for a title in a host: `h2` right under the title of the page, `h3` in a section of it, or where that is not yet known. */
export function headingLevel(host: Element): "h2" | "h3" | "h4" | "h5" | "h6" {
  if (!host.isConnected) return "h3";
  let level = 1;
  for (const heading of document.querySelectorAll(`main ${ABOVE}`)) {
    if (heading.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING) level = Number(heading.tagName.slice(1));
    else break;
  }
  return `h${level + 1}` as "h2";
}

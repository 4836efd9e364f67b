/**
 * media.js: what galleries are made of. Loaded on demand; it must not import `data`, whose state is the other bundle's.
 */
import { alignShelves } from "./aligned";
import { gallery } from "./gallery";

const tools = { alignShelves, gallery };

/** What media.js gives to the other bundle. */
export type MediaTools = typeof tools;

if (window.reportgen) window.reportgen.media = tools;

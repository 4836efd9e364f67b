/**
 * run.js: what the tabs of a run page need once they are opened. It must not import `data`, whose state is the other
 * bundle's; what it needs of it is lent.
 */
import { mountConsole } from "../console/view";
import { previewOf } from "../files/preview";

const tools = { mountConsole, previewOf };

/** What run.js gives to the other bundle. */
export type RunTools = typeof tools;

if (window.reportgen) window.reportgen.run = tools;

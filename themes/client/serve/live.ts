/**
 * live.js: pages of `reportgen serve` follow what is built. The server puts it into pages that it serves, and no other page
 * has it. A page that has changed is shown anew at once; one whose data alone have, every few seconds.
 */
import { element } from "../elements";

const SERVER = "/.reportgen/";
/** Runs that grow change the data with each build, and nobody can read a page that blinks. */
const DATA_MS = 5000;

const script = document.currentScript as HTMLScriptElement | null;
const seen = script?.dataset["seen"] ?? "";
const opened = performance.now();
let planned = 0;

async function follow(): Promise<void> {
  const response = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  const now = (response.headers.get("ETag") ?? "").replace(/^(W\/)?"|"$/g, "");
  if (!now || now === seen) return;
  const isPage = now.split(".")[0] !== seen.split(".")[0];
  clearTimeout(planned);
  planned = window.setTimeout(() => location.reload(), isPage ? 0 : Math.max(0, opened + DATA_MS - performance.now()));
}

const bar = element("p", { class: "serve-problem", role: "status", hidden: true });
document.body.append(bar);

function show(problem: string): void {
  bar.hidden = !problem;
  bar.textContent = problem && `This page is not up to date: ${problem}`;
}

const news = new EventSource(`${SERVER}events`);
news.addEventListener("message", (event) => {
  const { problem } = JSON.parse(String(event.data)) as { problem: string };
  show(problem);
  if (!problem) void follow().catch(() => undefined); // the server has gone, and the events say when it is back
});
news.addEventListener("error", () => show("reportgen serve has ended."));
news.addEventListener("open", () => show(""));

/** Keeps a view in the project. Rejects in words. */
async function saveView(name: string, text: string): Promise<void> {
  const request = { method: "POST", headers: { "Content-Type": "application/yaml" }, body: text };
  const response = await fetch(`${SERVER}views/${encodeURIComponent(name)}`, request);
  if (!response.ok) throw new Error(await response.text());
}

if (window.reportgen) window.reportgen.saveView = saveView;

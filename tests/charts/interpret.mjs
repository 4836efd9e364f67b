/**
 * Runs Vega specifications as a page does: with the bundle that ships, under Vega's interpreter, without a network.
 *
 * node --disallow-code-generation-from-strings interpret.mjs <vega bundle> < specs.json: prints for each specification
 * how many items every mark has, at two widths. Anything that Vega complains about is an error.
 */
import { readFileSync } from "node:fs";
import vm from "node:vm";

globalThis.window = globalThis;
globalThis.reportgen = {};
globalThis.fetch = () => {
  throw new Error("a chart asked for the network");
};
console.error = (...words) => {
  throw new Error(words.join(" "));
};
vm.runInThisContext(readFileSync(process.argv[2], "utf8"));

function count(item, found) {
  if (item.marktype && item.role === "mark" && item.name) found[item.name] = item.items.length;
  for (const inner of item.items ?? []) count(inner, found);
  return found;
}

const results = [];
for (const spec of JSON.parse(readFileSync(0, "utf8"))) {
  const config = { range: { category: Array.from({ length: 12 }, (_, place) => `rgb(${place},0,0)`) } };
  const view = globalThis.reportgen.vega.createView(spec, { config });
  const widths = [];
  for (const width of [300, 900]) {
    await view.width(width).runAsync();
    const { x1, x2 } = view.scenegraph().root.bounds;
    widths.push({ span: x2 - x1, marks: count(view.scenegraph().root, {}) });
  }
  results.push(widths);
}
process.stdout.write(JSON.stringify(results));

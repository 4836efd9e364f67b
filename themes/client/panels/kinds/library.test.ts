import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, it } from "vitest";

/** What there may be only one of on a page. */
const STATE = ["data.ts", "chart/crosshair.ts", "chart/frames.ts", "chart/tooltip.ts", "panels/visibility.ts", "main.ts"];

it("kinds.js brings nothing with it that has state in the other script", async () => {
  const { metafile } = await build({
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: ["panels/kinds/library.ts"],
    bundle: true,
    minify: true,
    metafile: true,
    write: false,
    outdir: "nowhere",
    loader: { ".svg": "text" },
  });
  const [output] = Object.values(metafile.outputs);
  const inside = Object.entries(output?.inputs ?? {}).flatMap(([name, { bytesInOutput }]) => (bytesInOutput ? [name] : []));
  expect(inside).toContain("panels/kinds/scatter.ts");
  expect(inside.filter((name) => STATE.includes(name))).toEqual([]);
});

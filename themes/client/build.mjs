/**
 * Bundles the browser code into the theme: content-hashed classic scripts and one style sheet, the map of their names
 * (assets.json), and the licences of what is inside. `npm run build`, or `npm run watch` while working on it.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { context } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const assets = resolve(here, "../reportgen/assets");

/** Logical name (what a template asks for) -> where it starts. */
const ENTRIES = {
  "reportgen.js": "main.ts",
  "workspace.js": "pages/workspace.ts",
  "vega.js": "chart/vega.ts",
  "head.js": "head.ts",
  "live.js": "serve/live.ts",
  "media.js": "media/tools.ts",
  "plotly.js": "media/plotly_library.ts",
  "run.js": "pages/run_tools.ts",
  "table.js": "table/library.ts",
  "space.js": "media/space/library.ts",
  "bokeh.js": "media/bokeh_frame.ts",
  "kinds.js": "panels/kinds/library.ts",
  "search.js": "search/dialog.ts",
  "compare.js": "pages/compare.ts",
  "reportgen.css": "css/index.css",
  "media.css": "css/media.css",
  "embedded.css": "css/embedded.css",
  "compare.css": "css/compare.css",
};

const OPTIONS = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  // Classic scripts, because modules do not load over file://.
  format: "iife",
  target: "es2020",
  charset: "utf8",
  metafile: true,
  outdir: assets,
  entryNames: "[name].[hash]",
  legalComments: "none",
  logLevel: "warning",
  loader: { ".svg": "text" },
  // Two transforms of vega-geo by file: its front door would bring maps and contours along.
  alias: {
    "vega-geo-shape": "./node_modules/vega-geo/src/GeoShape.js",
    "vega-geo-projection": "./node_modules/vega-geo/src/Projection.js",
  },
};

/** An icon that a style sheet names becomes a data: url; one that a module imports stays text (OPTIONS.loader). */
const styleIcons = {
  name: "style-icons",
  setup(steps) {
    steps.onResolve({ filter: /\.svg$/ }, ({ kind, path }) =>
      kind === "url-token" ? { path: join(here, "node_modules", path), namespace: "style-icon" } : null,
    );
    steps.onLoad({ filter: /.*/, namespace: "style-icon" }, async ({ path }) => ({
      contents: await readFile(path, "utf8"),
      loader: "dataurl",
    }));
  },
};

/** What shared.ts gives to the scripts beside reportgen.js. */
const SHARED = new Set([...(await readFile(join(here, "shared.ts"), "utf8")).matchAll(/from "\.\/(.+)"/g)].map(([, path]) => path));
/** The scripts beside it, their code, and what they have copies of: parts without state that reportgen.js does not have to have. */
const BESIDE = ["workspace.js", "table.js", "compare.js"];
const THEIRS = /^(?:workspace\/.*|table\/.*|compare\/.*|pages\/(?:workspace|compare))\.ts$/;
const OWN = /^(?:shared:|node_modules\/|(?:query|expression|names|csv|pages\/folds)\.ts$)/;

/** Inside of these a shared module is the one that reportgen.js has loaded. */
const sharedModules = {
  name: "shared-modules",
  setup(steps) {
    steps.onResolve({ filter: /^\./ }, ({ importer, resolveDir, path }) => {
      const module = relative(here, resolve(resolveDir, path)).replaceAll("\\", "/");
      const isTheirs = THEIRS.test(relative(here, importer).replaceAll("\\", "/"));
      return isTheirs && SHARED.has(module) ? { path: module, namespace: "shared" } : null;
    });
    steps.onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({
      contents: `module.exports = window.reportgen.shared[${JSON.stringify(path)}]`,
      loader: "js",
    }));
  },
};

/** A module with state in two scripts would be two: what the scripts beside reportgen.js bring along is known. */
function checkBeside(metafile) {
  const inputsOf = (name) => Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === ENTRIES[name]).inputs;
  const early = Object.keys(inputsOf("reportgen.js")).filter((path) => path.startsWith("shared:"));
  if (early.length) throw new Error(`reportgen.js asks itself for ${early.join(", ")}: it must not import what stands beside it`);
  for (const name of BESIDE) {
    const inputs = inputsOf(name);
    const twice = Object.entries(inputs).filter(([path, { bytesInOutput }]) => bytesInOutput && !THEIRS.test(path) && !OWN.test(path));
    if (twice.length) throw new Error(`${name} has a copy of ${twice.map(([path]) => path).join(", ")}: name them in shared.ts`);
  }
}

/** Addresses that a library knows, of map services or of where to report a bug: no page may reach them, and none needs them. */
const withoutAddresses = {
  name: "without-addresses",
  setup(steps) {
    steps.onLoad({ filter: /(?:plotly-strict\.min|marked\.esm)\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/https?:\/\/(?!www\.w3\.org\/)[^\s"'`)<>\\]+/g, ""),
      loader: "js",
    }));
  },
};

/** The packages whose code is in the bundles, from the paths that esbuild read. */
function bundledPackages(metafile) {
  const names = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    // A plugin's inputs are absolute and carry its name before a colon.
    const path = relative(here, resolve(here, input.replace(/^[a-z-]+:/, "")));
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) names.add(found[1]);
  }
  return [...names].sort();
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(here, folder, "package.json"), "utf8"));
  const file = (await readdir(join(here, folder))).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(here, folder, file), "utf8") : "";
  return `${name} ${version} (${license ?? "see below"})\n\n${text.trim()}\n`;
}

/** Logical name -> file name, read off the entry points of the outputs. */
function assetNames(metafile) {
  const names = {};
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    const logical = Object.keys(ENTRIES).find((name) => ENTRIES[name] === entryPoint);
    if (logical) names[logical] = relative(assets, join(here, output));
  }
  const missing = Object.keys(ENTRIES).filter((name) => !names[name]);
  if (missing.length) throw new Error(`the build made no ${missing.join(", ")}`);
  return names;
}

/** Removes what earlier builds left, then writes the map and the licences beside the bundles. */
async function finish({ metafile, errors }) {
  if (errors.length) return;
  checkBeside(metafile);
  const names = assetNames(metafile);
  const kept = new Set(Object.values(names));
  const stems = new Set(Object.keys(ENTRIES).map((name) => name.split(".")[0]));
  const made = new RegExp(`^(${[...stems].join("|")})\\.[A-Z0-9]+\\.(js|css)$`);
  for (const file of await readdir(assets)) {
    if (made.test(file) && !kept.has(file)) await rm(join(assets, file));
  }
  const licences = await Promise.all(bundledPackages(metafile).map(licenceOf));
  await writeFile(join(assets, "THIRD_PARTY_LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
  await writeFile(join(assets, "assets.json"), `${JSON.stringify(names, null, 2)}\n`);
}

const missing = Object.values(ENTRIES).filter((entry) => !existsSync(join(here, entry)));
if (missing.length) throw new Error(`no such source: ${missing.join(", ")}`);
await mkdir(assets, { recursive: true });
const build = await context({
  ...OPTIONS,
  // Named, so that the outputs are called after what the templates ask for and not after the source files.
  entryPoints: Object.entries(ENTRIES).map(([name, input]) => ({ in: input, out: name.replace(/\.\w+$/, "") })),
  plugins: [sharedModules, styleIcons, withoutAddresses, { name: "finish", setup: (steps) => steps.onEnd(finish) }],
});
if (process.argv.includes("--watch")) await build.watch();
else {
  try {
    await build.rebuild();
  } catch {
    // esbuild has said what is wrong.
    process.exitCode = 1;
  }
  await build.dispose();
}

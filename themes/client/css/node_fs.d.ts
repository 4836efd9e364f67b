/** The one thing that a test here needs of Node. */
declare module "node:fs" {
  export function readFileSync(path: URL, encoding: "utf8"): string;
}

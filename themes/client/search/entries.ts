/** What can be found, made of the search index: pages, reports and their headings, runs, metrics; the most general first. */
import type { SearchIndex, SearchProject } from "../types";

export type Kind = "page" | "report" | "heading" | "run" | "metric";

export interface Entry {
  kind: Kind;
  title: string;
  /** what it belongs to; empty for a page of its own */
  where: string;
  /** relative to the data root */
  url: string;
  /** title, in lower case */
  name: string;
  /** all that is searched, in lower case */
  text: string;
}

function entry(kind: Kind, title: string, where: string, url: string, words = ""): Entry {
  const name = title.toLowerCase();
  return { kind, title, where, url, name, text: `${name} ${where} ${words}`.toLowerCase() };
}

/** An expression that only this title matches, for the workspace's search of metrics. */
function exactly(metric: string): string {
  return encodeURIComponent(`^${metric.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$`);
}

function projectPages(project: SearchProject, alone: boolean): Entry[] {
  const where = alone ? "" : project.name;
  const home = alone ? [] : [entry("page", project.name, "Project", project.home)];
  return [...home, entry("page", "Workspace", where, project.workspace, "charts panels"), entry("page", "Runs", where, project.runs, "table"), entry("page", "Compare", where, project.compare, "side by side")];
}

function runs(project: SearchProject, where: string): Entry[] {
  const folder = project.runs.slice(0, project.runs.lastIndexOf("/") + 1);
  return project.names.map((name, index) => {
    const url = `${folder}${project.slugs[index] || name}/index.html`;
    return entry("run", name, where, url, project.words[index]);
  });
}

/** Everything that the index names. */
export function entriesOf(index: SearchIndex): Entry[] {
  const alone = index.projects.length === 1;
  const where = ({ name }: SearchProject) => (alone ? "" : name);
  const pages = (kind: "page" | "report") =>
    index.pages.filter((page) => page.kind === kind).map((page) => entry(kind, page.title, "", page.url, page.words));
  const headings = index.pages.flatMap(({ title, url, headings: found = [] }) =>
    found.map(([id, text]) => entry("heading", text, title, `${url}#${encodeURIComponent(id)}`)),
  );
  const metrics = index.projects.flatMap((project) =>
    project.metrics.map((metric) => entry("metric", metric, where(project), `${project.workspace}#metrics=${exactly(metric)}`)),
  );
  const projects = index.projects.flatMap((project) => projectPages(project, alone));
  return [...pages("page"), ...projects, ...pages("report"), ...headings, ...metrics, ...index.projects.flatMap((project) => runs(project, where(project)))];
}

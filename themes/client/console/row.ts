/** One line of a console as elements. */
import { element } from "../elements";
import { formatTime } from "../format";
import { dressOf, parseAnsi, plainLine } from "./ansi";
import type { Line } from "./parts";
import { cutAt, foundPlaces } from "./search";

export const LINE_HEIGHT = 20;

export interface Drawing {
  /** what is searched for */
  words: string;
  /** where the chosen match begins in this line; -1 when it is elsewhere */
  current: number;
}

function textElement(line: Line, { words, current }: Drawing): HTMLElement {
  const holder = element("span", { class: "console-text" });
  const places = foundPlaces(plainLine(line.text), words);
  for (const { text, style, place } of cutAt(parseAnsi(line.text), places)) {
    const { classes, properties } = dressOf(style);
    const here = places[place]?.[0] === current;
    const content = place < 0 ? text : element("mark", { class: here ? "console-here" : null }, text);
    if (!classes.length && !Object.keys(properties).length) {
      holder.append(content);
      continue;
    }
    const span = element("span", { class: classes.join(" ") || null }, content);
    for (const [name, value] of Object.entries(properties)) span.style.setProperty(name, value);
    holder.append(span);
  }
  return holder;
}

/** A line; one that has not come yet has its number alone. */
export function rowElement(line: Line | null, index: number, drawing: Drawing): HTMLElement {
  const number = element("a", { class: "console-number", href: `#console:${index + 1}`, tabindex: -1, "data-line": index + 1 });
  number.setAttribute("aria-label", `Line ${index + 1}`);
  const row = element("div", { class: "console-line", "data-index": index }, number);
  row.style.top = `${index * LINE_HEIGHT}px`;
  if (!line) return row;
  const time = Number.isFinite(line.time) ? formatTime(line.time, true) : "";
  row.append(element("span", { class: "console-time", "data-time": time }));
  if (line.isError) {
    row.classList.add("console-stderr");
    number.append(element("span", { class: "visually-hidden" }, "stderr"));
    number.title = "stderr";
  }
  row.append(textElement(line, drawing));
  return row;
}

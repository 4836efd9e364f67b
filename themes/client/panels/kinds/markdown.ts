/** Markdown as elements. Text comes from addresses and files of views, so no HTML is ever made of it: what is written as HTML is shown as it is written. */
import { type Token, type Tokens, lexer } from "marked";
import { element } from "../../elements";

const LONGEST = 50_000;
const DEEPEST = 20;
const SAFE_LINK = /^(?:https?:|mailto:|#|\.{0,2}\/|[\w.-]+(?:[/?#]|$))/i;

/** The address of a link if it leads to a page; nothing that a browser would run. */
export function safeLink(href: string): string | null {
  // Browsers skip such characters in the name of a scheme.
  // eslint-disable-next-line no-control-regex
  const plain = href.replace(/[\u0000-\u0020\u007f]/g, "");
  return SAFE_LINK.test(plain) && !/^[^/?#]*:/.test(plain.replace(/^(?:https?|mailto):/i, "")) ? plain : null;
}

/** `&lt;` and the like as the letters that they stand for: marked has escaped what it thinks will be HTML. */
function plain(text: string): string {
  const names: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => names[entity] ?? entity);
}

function link({ href, tokens }: Tokens.Link, depth: number): Node {
  const url = safeLink(href);
  const content = inline(tokens, depth);
  if (url === null) return element("span", {}, ...content);
  return element("a", { href: url, rel: "noopener noreferrer" }, ...content);
}

function inline(tokens: readonly Token[] | undefined, depth: number): Node[] {
  if (depth > DEEPEST) return [document.createTextNode("…")];
  return (tokens ?? []).map((token): Node => {
    const one = token as Tokens.Generic;
    const inside = () => inline(one.tokens, depth + 1);
    switch (token.type) {
      case "strong": return element("strong", {}, ...inside());
      case "em": return element("em", {}, ...inside());
      case "del": return element("del", {}, ...inside());
      case "codespan": return element("code", {}, plain(String(one["text"])));
      case "br": return element("br");
      case "link": return link(token as Tokens.Link, depth + 1);
      // A picture from elsewhere would tell its host who reads this.
      case "html": return document.createTextNode(one.raw);
      case "image": return document.createTextNode(String(one["text"] || one["href"]));
      case "text": return one.tokens ? element("span", {}, ...inside()) : document.createTextNode(plain(String(one["text"])));
      default: return document.createTextNode(String(one["text"] ?? one.raw));
    }
  });
}

function list({ ordered, start, items }: Tokens.List, depth: number): HTMLElement {
  const made = items.map((item) => {
    const box = item.task ? [element("input", { type: "checkbox", disabled: true, checked: item.checked === true, "aria-label": item.checked ? "done" : "open" }), " "] : [];
    return element("li", {}, ...box, ...blocks(item.tokens.filter(({ type }) => (type as string) !== "checkbox"), depth + 1));
  });
  return ordered ? element("ol", { start: start || null }, ...made) : element("ul", {}, ...made);
}

function table({ header, rows, align }: Tokens.Table, depth: number): HTMLElement {
  const cell = (name: "th" | "td") => ({ tokens }: Tokens.TableCell, index: number) =>
    element(name, { align: align[index] ?? null, scope: name === "th" ? "col" : null }, ...inline(tokens, depth));
  const head = element("thead", {}, element("tr", {}, ...header.map(cell("th"))));
  const body = element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell("td")))));
  return element("div", { class: "table-scroll" }, element("table", {}, head, body));
}

function blocks(tokens: readonly Token[], depth: number): Node[] {
  if (depth > DEEPEST) return [document.createTextNode("…")];
  return tokens.flatMap((token): Node[] => {
    const one = token as Tokens.Generic;
    switch (token.type) {
      case "space": case "def": return [];
      // The panel's title is a third heading.
      case "heading": return [element(`h${Math.min(6, Number(one["depth"]) + 3)}` as "h4", {}, ...inline(one.tokens, depth + 1))];
      case "paragraph": return [element("p", {}, ...inline(one.tokens, depth + 1))];
      case "code": return [element("pre", { tabindex: 0 }, element("code", {}, String(one["text"])))];
      case "blockquote": return [element("blockquote", {}, ...blocks(one.tokens ?? [], depth + 1))];
      case "hr": return [element("hr")];
      case "list": return [list(token as Tokens.List, depth)];
      case "table": return [table(token as Tokens.Table, depth)];
      case "text": return inline([token], depth + 1);
      default: return [element("p", {}, String(one["text"] ?? one.raw))];
    }
  });
}

/** The elements of a Markdown text; a first heading that says what the `title` above it says already is left out. */
export function markdownElements(text: string, title: string): Node[] {
  const [first, ...rest] = lexer(text.slice(0, LONGEST), { gfm: true });
  if (!first) return [];
  const isSaid = first.type === "heading" && (first as Tokens.Heading).text.trim() === title;
  return blocks(isSaid ? rest : [first, ...rest], 0);
}

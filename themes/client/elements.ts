/** Building HTML elements without HTML text: what is logged only ever becomes a text node or an attribute. */

type Attributes = Record<string, string | number | boolean | null | undefined>;
type Children = (Node | string | null | undefined)[];

/** An element with attributes (false, null and undefined leave one out, true makes it empty) and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Children
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined));
  return made;
}

/** A button with a label for everyone; a tooltip when it only shows an icon. */
export function button(label: string, content: Node | string, onClick: (event: MouseEvent) => void): HTMLButtonElement {
  const onlyIcon = typeof content !== "string";
  const made = element("button", { type: "button", title: onlyIcon ? label : null, "aria-label": onlyIcon ? label : null });
  made.append(content);
  made.addEventListener("click", onClick);
  return made;
}

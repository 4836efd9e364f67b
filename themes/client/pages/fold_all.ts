/** A button that folds all `<details>` of a block, and unfolds them again. */
export function watchFoldAll(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-fold]")) {
    const files = [...(document.getElementById(button.dataset["fold"] ?? "")?.querySelectorAll("details") ?? [])];
    const tell = () => {
      const anyOpen = files.some((file) => file.open);
      button.setAttribute("aria-expanded", String(anyOpen));
      button.textContent = anyOpen ? "Fold all" : "Unfold all";
    };
    button.addEventListener("click", () => {
      const open = !files.some((file) => file.open);
      for (const file of files) file.open = open;
    });
    for (const file of files) file.addEventListener("toggle", tell);
    tell();
  }
}

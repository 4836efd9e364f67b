/** Telling an expression of the filter language from words, without the language itself. */

/** Whether text in a filter box is meant as an expression; otherwise it is searched for. */
export function isExpression(text: string): boolean {
  return /==|!=|[<>]|&&|\|\||^\s*!|\bin\b\s*[["'(]|\bin\s+\w+$|\w\(|^\s*(?:config|summary)\b|["']/.test(text);
}

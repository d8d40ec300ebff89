/** Text as it stands in a page. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A table of text; its head is left out where all of it is empty. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: "th" | "td"): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const titled = head.some((cell) => cell !== "") ? `<thead>${line(head, "th")}</thead>` : "";
  return `<table>${titled}<tbody>${rows.map((row) => line(row, "td")).join("")}</tbody></table>`;
}

// Rows copied in a spreadsheet: cells parted by tabs, quoted where they hold one.

import { freshRow, meant, put } from "./cells.js";

const CELL = /(?:"([^"]*(?:""[^"]*)*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;

// The lines of what was copied, null where it is a single cell.
export function blockOf(copied) {
  const text = copied.replace(/(\r\n|\r|\n)$/, "");
  if (!/[\t\r\n]/.test(text)) return null;
  const lines = [[]];
  CELL.lastIndex = 0;
  for (;;) {
    const [, quoted, bare, end] = CELL.exec(text);
    const cell = quoted === undefined ? bare : quoted.replaceAll('""', '"').replace(/\s*[\r\n]+\s*/g, " ");
    lines.at(-1).push(cell);
    if (end === "") return lines;
    if (end !== "\t") lines.push([]);
  }
}

// The rows of a table from a cell on as they are once lines were pasted there: cells of rows
// that there are, and fresh rows. A first line that names the columns is none of them.
export function pasted(told, row, column, block) {
  const columns = told.columns.slice(told.columns.indexOf(column));
  const isHead = block.length > 1 && block[0].every((text, c) => text === columns[c]);
  const lines = isHead ? block.slice(1) : block;
  const before = told.rows.slice(row, row + lines.length);
  const after = lines.map((line, i) => {
    const made = before[i] ? structuredClone(before[i]) : freshRow(told.all, told.columns);
    line.slice(0, columns.length).forEach((text, c) => put(made, columns[c], meant(text, told.kind(row + i, columns[c]))));
    return made;
  });
  const widest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return { count: before.length, after, spare: Math.max(0, widest - columns.length) };
}

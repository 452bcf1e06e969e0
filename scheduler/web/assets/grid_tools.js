// What can be done with rows: buttons beneath the grid, and keys in it.

const HELP = "Columns with * must be filled in. Insert or Alt Enter adds a row below, Ctrl Delete deletes the row, Ctrl Z undoes, Ctrl Y does again. Rows copied in a spreadsheet can be pasted: they fill the cells from the one you are in on, and add rows where needed.";

// `asked` hears add, delete, undo, redo and columns.
export function toolsOf(asked) {
  const button = (words, verb) => el("button", { type: "button", onclick: () => asked(verb, true) }, words);
  const add = button("Add row", "add");
  const remove = button("Delete row", "delete");
  const undo = button("Undo", "undo");
  const redo = button("Redo", "redo");
  const columns = button("Every column", "columns");
  const said = el("p", { class: "quiet small", "aria-hidden": "true" });
  return {
    add,
    node: el("div", { class: "grid-tools row-of", role: "group", "aria-label": "Rows" }, add, remove, undo, redo, columns, said),
    help: el("p", { class: "quiet small" }, HELP),
    say(text) {
      said.textContent = text;
    },
    show({ fixed, row, edits, more }) {
      add.hidden = remove.hidden = fixed;
      columns.hidden = !more;
      add.textContent = row === null ? "Add row" : `Add below row ${row + 1}`;
      remove.textContent = row === null ? "Delete row" : `Delete row ${row + 1}`;
      const isHere = document.activeElement;
      remove.disabled = row === null;
      undo.disabled = !edits.done.length;
      redo.disabled = !edits.undone.length;
      if (isHere?.disabled) (fixed ? [undo, redo].find((each) => !each.disabled) : add)?.focus();
    },
  };
}

// What a key asks for in a table, null for nothing of ours.
export function verbOf(event, fixed) {
  if (event.isComposing) return null;
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && event.key.toLowerCase() === "z") return event.shiftKey ? "redo" : "undo";
  if (control && !event.altKey && event.key.toLowerCase() === "y") return "redo";
  if (fixed || event.shiftKey) return null;
  if (control && !event.altKey && event.key === "Delete") return "delete";
  if (!control && event.altKey && event.key === "Enter") return "add";
  if (!control && !event.altKey && event.key === "Insert") return "add";
  return null;
}

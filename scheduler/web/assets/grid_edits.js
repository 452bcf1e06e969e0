// What was changed in the grid, to be undone and done again.
//
// A step is { part, words } and rows of a table that others replaced ({ at, before, after })
// or a key and its value ({ key, before, after }); of a cell, its column, too.

import { insideOf, put } from "./cells.js";

export class Edits {
  constructor(plan) {
    this.plan = plan;
    this.done = [];
    this.undone = [];
    this.typing = null; // the step of the cell that is being typed in
  }

  // Puts rows in the place of `count` others.
  replace(part, at, count, after, words) {
    this.leave();
    const step = { part, at, before: structuredClone((this.plan[part] ?? []).slice(at, at + count)), after, words };
    this.apply(step, step.before, step.after);
    this.done.push(step);
    this.undone = [];
    return step;
  }

  // What is typed in one cell until it is left is one step.
  type(part, { row, column, key }, value, words) {
    const where = key === undefined ? { part, at: row, column } : { part, key };
    const goes = this.typing;
    if (!goes || goes.part !== part || goes.at !== where.at || goes.column !== where.column || goes.key !== key) {
      this.leave();
      this.typing = { ...where, before: this.now(where), words };
      this.done.push(this.typing);
    }
    this.undone = [];
    if (key === undefined) put(this.plan[part][row], column, value);
    else put(insideOf(this.plan, part), key, value);
    this.typing.after = this.now(where);
  }

  now({ part, at, key }) {
    return structuredClone(key === undefined ? [this.plan[part][at]] : insideOf(this.plan, part)[key]);
  }

  // The cell is left; what became nothing is no step.
  leave() {
    if (!this.typing) return;
    const { before, after } = this.typing;
    if (JSON.stringify(before) === JSON.stringify(after)) this.done.pop();
    this.typing = null;
  }

  apply({ part, at, key }, before, after) {
    if (key !== undefined) {
      put(insideOf(this.plan, part), key, structuredClone(after));
      return;
    }
    const rows = this.plan[part] ?? [];
    this.plan[part] = [...rows.slice(0, at), ...structuredClone(after), ...rows.slice(at + before.length)];
  }

  undo() {
    this.leave();
    const step = this.done.pop();
    if (!step) return null;
    this.apply(step, step.after, step.before);
    this.undone.push(step);
    return step;
  }

  redo() {
    this.leave();
    const step = this.undone.pop();
    if (!step) return null;
    this.apply(step, step.before, step.after);
    this.done.push(step);
    return step;
  }
}

import type { RuleId } from '../model/rulebook.js';
import { entryParts, type ConflictChoice, type EntryChange, type EntryPart, type MergeConflict, type MergedSheet, type SheetEntries, type SheetEntry } from '../model/sheet.js';
import { inOrder, partOf, withPart } from './sheet-entry.js';

const differs = (a: SheetEntry, b: SheetEntry, part: EntryPart): boolean => JSON.stringify(partOf(a, part)) !== JSON.stringify(partOf(b, part));

/** The parts in which two states of an entry differ. */
export function changedParts(before: SheetEntry, after: SheetEntry): readonly EntryPart[] {
  return before === after ? [] : entryParts.filter((part) => differs(before, after, part));
}

/** What leads from one state of the sheet to another, in the order of ids. */
export function diffSheets(before: SheetEntries, after: SheetEntries): readonly EntryChange[] {
  const [old, now] = [new Map(before.map((entry) => [entry.id, entry])), new Map(after.map((entry) => [entry.id, entry]))];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((id): readonly EntryChange[] => {
    const [one, other] = [old.get(id), now.get(id)];
    if (!one) return other ? [{ kind: 'added', id, after: other }] : [];
    if (!other) return [{ kind: 'removed', id, before: one }];
    const parts = changedParts(one, other);
    return parts.length > 0 ? [{ kind: 'changed', id, before: one, after: other, parts }] : [];
  });
}

/** The state that changes lead to. */
export function applyChanges(before: SheetEntries, changes: readonly EntryChange[]): SheetEntries {
  const entries = new Map(before.map((entry) => [entry.id, entry]));
  for (const change of changes) {
    if (change.kind === 'removed') entries.delete(change.id);
    else entries.set(change.id, change.after);
  }
  return inOrder(entries.values());
}

/** Joins two people's edits of one state, part by part. The same change made twice is one; the order of the two does not matter but for who is called `ours`. */
export function mergeSheets(base: SheetEntries, ours: SheetEntries, theirs: SheetEntries): MergedSheet {
  const [began, one, two] = [base, ours, theirs].map((entries) => new Map(entries.map((entry) => [entry.id, entry]))) as [Map<RuleId, SheetEntry>, Map<RuleId, SheetEntry>, Map<RuleId, SheetEntry>];
  const entries: SheetEntry[] = [];
  const conflicts: MergeConflict[] = [];
  for (const id of [...new Set([...began.keys(), ...one.keys(), ...two.keys()])].sort()) {
    const [was, our, their] = [began.get(id) ?? null, one.get(id) ?? null, two.get(id) ?? null];
    const isSame = (a: SheetEntry | null, b: SheetEntry | null): boolean => (a && b ? changedParts(a, b).length === 0 : a === b);
    if (isSame(our, their) || isSame(was, their)) { if (our) entries.push(our); continue; }
    if (isSame(was, our)) { if (their) entries.push(their); continue; }
    if (!was || !our || !their) { conflicts.push({ id, part: 'entry', ours: our, theirs: their }); if (was) entries.push(was); continue; }
    let merged = was;
    for (const part of entryParts) {
      const [byUs, byThem] = [differs(was, our, part), differs(was, their, part)];
      if (byUs && byThem && differs(our, their, part)) conflicts.push({ id, part, ours: our, theirs: their });
      else if (byUs) merged = withPart(merged, part, our);
      else if (byThem) merged = withPart(merged, part, their);
    }
    entries.push(merged);
  }
  return { entries, conflicts };
}

/** Settles one conflict as a person chose; the others stay. */
export function settleConflict(merged: MergedSheet, conflict: MergeConflict, choice: ConflictChoice): MergedSheet {
  const chosen = typeof choice === 'string' ? conflict[choice] : choice;
  const others = merged.entries.filter(({ id }) => id !== conflict.id);
  const held = merged.entries.find(({ id }) => id === conflict.id);
  const settled = conflict.part === 'entry' ? chosen : held && chosen && withPart(held, conflict.part, chosen);
  return { entries: settled ? inOrder([...others, settled]) : others, conflicts: merged.conflicts.filter((one) => one !== conflict) };
}

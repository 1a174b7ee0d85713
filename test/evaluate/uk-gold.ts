import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suggestion } from '../../lib/model/suggestion.js';

interface GoldCode { readonly code: string; readonly must: boolean; readonly also_acceptable?: readonly string[] }
export interface GoldNote {
  readonly id: string; readonly group: string; readonly text: string;
  readonly primary: { readonly code: string; readonly also_acceptable: readonly string[] };
  readonly secondary: readonly GoldCode[];
  readonly procedures: readonly GoldCode[];
  readonly procedures_also_acceptable?: readonly (readonly string[])[];
}

/** The specialty that a group of the gold notes belongs to. */
export const specialtyOf: Readonly<Record<string, string>> = { cataract: 'ophthalmology', neurology: 'neurology', rheumatology: 'rheumatology' };

interface Tally { notes: number; primary4: number; primary3: number; procNotes: number; proc: number; group: number; must: number; mustFound: number; said: number; right: number; abstained: number }
const none = (): Tally => ({ notes: 0, primary4: 0, primary3: 0, procNotes: 0, proc: 0, group: 0, must: 0, mustFound: 0, said: 0, right: 0, abstained: 0 });

/** The notes of a file of lines that holds each note's text. */
export const goldNotes = (file: string): readonly GoldNote[] => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as GoldNote);

/** Parts of the second set: A and C may be read while words and rules are improved, B, D and E are for reporting only. */
export type SecondPart = 'A' | 'B' | 'C' | 'D' | 'E';

/** A part of the second set (README.md here): our codes, with the text that `texts`, a file of MTSamples lines, has under the same id. */
export function secondNotes(half: SecondPart, texts: string): readonly GoldNote[] {
  const textOf = new Map(goldNotes(texts).map((note) => [note.id, note.text]));
  const rows = readFileSync(join(import.meta.dirname, 'uk-notes.jsonl'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as GoldNote & { readonly half: string });
  return rows.filter((note) => note.half === half).map((note) => {
    const text = textOf.get(note.id);
    if (text === undefined) throw new Error(`${note.id} is not in ${texts}`);
    return { ...note, text };
  });
}

/** Scores the notes as data/README.md says; prints a table by group under the name, and with `verbose` every note that differs. Gives the figures of all groups together in one line. */
export function evaluateGold(suggest: (note: GoldNote) => readonly Suggestion[], notes: readonly GoldNote[], name: string | null, verbose: boolean): string {
  const tallies = new Map<string, Tally>();
  for (const note of notes) {
    const shown = suggest(note).filter((one) => one.shown);
    const icd = shown.filter((one) => one.system === 'ICD-10');
    const opcs = shown.filter((one) => one.system === 'OPCS-4').sort((a, b) => a.position - b.position).map((one) => one.code as string);
    const primary: string | null = icd.find((one) => one.role === 'primary')?.code ?? null;
    const accepted = [note.primary.code, ...note.primary.also_acceptable];
    const must = note.procedures.filter((one) => one.must).map((one) => one.code);
    const optional = note.procedures.filter((one) => !one.must).map((one) => one.code);
    const groupSaid = opcs.filter((code) => !optional.includes(code) || must.includes(code)).join(' ');
    const groups = [must, ...(note.procedures_also_acceptable ?? [])].map((codes) => codes.join(' '));
    const listed = new Set([...accepted, ...note.secondary.flatMap((one) => [one.code, ...(one.also_acceptable ?? [])])]);
    const said = new Set<string>(icd.map((one) => one.code));
    const wanted = note.secondary.filter((one) => one.must);
    const found = wanted.filter((one) => [one.code, ...(one.also_acceptable ?? [])].some((code) => said.has(code)));
    const isPrimary = primary !== null && accepted.includes(primary);
    for (const key of [note.group, 'all']) {
      const tally = tallies.get(key) ?? none();
      tallies.set(key, tally);
      tally.notes += 1;
      if (primary === null) tally.abstained += 1;
      if (isPrimary) tally.primary4 += 1;
      if (primary && accepted.some((code) => code.slice(0, 3) === primary.slice(0, 3))) tally.primary3 += 1;
      if (must.length > 0) { tally.procNotes += 1; if (opcs[0] === must[0]) tally.proc += 1; if (groups.includes(groupSaid)) tally.group += 1; }
      tally.must += wanted.length;
      tally.mustFound += found.length;
      tally.said += said.size;
      tally.right += [...said].filter((code) => listed.has(code)).length;
    }
    if (verbose) console.info(`  ${note.id} ${note.group} ${isPrimary ? 'ok' : `PRIMARY ${primary ?? '-'} for ${accepted.join('/')}`} | missed ${wanted.filter((one) => !found.includes(one)).map((one) => one.code).join(' ') || '-'} | extra ${[...said].filter((code) => !listed.has(code)).map((code) => { const one = icd.find((each) => each.code === code); const at = one?.evidence[0].span; return `${code} “${note.text.slice(at?.start, at?.end)}”`; }).join(', ') || '-'}${groups.includes(groupSaid) || (must.length === 0 && groupSaid === '') ? '' : ` | OPCS ${groupSaid || '-'} for ${must.join(' ')}`}`);
  }
  const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${Math.round((1000 * part) / whole) / 10} %`).padStart(8);
  const whole = tallies.get('all') ?? none();
  const line = `primary${percent(whole.primary4, whole.notes)} procedure${percent(whole.proc, whole.procNotes)} group${percent(whole.group, whole.procNotes)} must recall${percent(whole.mustFound, whole.must)} precision${percent(whole.right, whole.said)}`.replace(/ {2,}/g, ' ');
  if (name === null) return line;
  console.info(`${name}\n  group         notes  primary4  primary3  first proc  group    must recall  precision  abstained`);
  for (const [key, t] of tallies) console.info(`  ${key.padEnd(13)} ${String(t.notes).padStart(5)} ${percent(t.primary4, t.notes)}  ${percent(t.primary3, t.notes)}  ${percent(t.proc, t.procNotes)}  ${percent(t.group, t.procNotes)}  ${percent(t.mustFound, t.must)}  ${percent(t.right, t.said)}  ${t.abstained}`);
  return line;
}

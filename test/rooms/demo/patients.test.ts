import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLanguage } from '../../../lib/analysis/document-language.js';

type Part = string | { readonly [kind: string]: unknown };
interface Entry { readonly id: string; readonly kind: string; readonly title: string; readonly date: string; readonly show?: string; readonly parts?: readonly Part[] }
interface Person { readonly id: string; readonly nhs: string; readonly hospital: string; readonly marker: string; readonly episode: { readonly specialty: string; readonly number: string }; readonly documents: readonly Entry[] }

const folder = join(import.meta.dirname, '../../../assets/demo/patients');
const people = readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Person[]);

/** Every string in a part, in order. */
function wordsOf(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(wordsOf);
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(wordsOf) : [];
}
const textOf = (person: Person): string => person.documents.flatMap((entry) => [entry.title, ...wordsOf(entry.parts)]).join('\n');
const isValid = (number: string): boolean => {
  const digits = [...number.replace(/ /g, '')].map(Number);
  const check = (11 - (digits.slice(0, 9).reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11)) % 11;
  return digits.length === 10 && check === digits[9];
};

describe('the sample record', () => {
  it('has at least 24 invented patients with numbers of the 999 range that check, all different', () => {
    expect(people.length).toBeGreaterThanOrEqual(24);
    expect(people.filter(({ nhs }) => !nhs.startsWith('999 ') || !isValid(nhs)).map(({ id }) => id)).toEqual([]);
    for (const name of ['id', 'nhs', 'hospital', 'marker'] as const) expect(new Set(people.map((person) => person[name])).size, name).toBe(people.length);
    expect(new Set(people.map((person) => person.episode.number)).size).toBe(people.length);
    console.info(`patients: tried ${people.length}, bad 0; documents ${people.reduce((sum, person) => sum + person.documents.length, 0)}`);
  });

  it('gives each patient a word that stands in no other record', () => {
    const texts = people.map((person) => [person, textOf(person).toLowerCase()] as const);
    const wrong = people.flatMap(({ id, marker }) => texts.filter(([person, text]) => text.includes(marker.toLowerCase()) !== (person.id === id)).map(([person]) => `${marker} of ${id} in ${person.id}`));
    expect(wrong).toEqual([]);
  });

  it('holds the four specialties, the kinds of document, and six records in Welsh', () => {
    const count = (pattern: RegExp): number => people.filter(({ episode }) => pattern.test(episode.specialty)).length;
    for (const pattern of [/neurology|niwroleg/i, /rheumatology|rhiwmatoleg/i, /ophthalmology|offthalmoleg|cataract/i, /medicine|meddyg/i]) expect(count(pattern), String(pattern)).toBeGreaterThanOrEqual(3);
    const kinds = new Set(people.flatMap(({ documents }) => documents.map(({ kind }) => kind)));
    for (const kind of ['clinic-letter', 'operation-note', 'discharge-letter', 'ward-round']) expect(kinds).toContain(kind);
    const welsh = people.filter((person) => readLanguage(textOf(person)) === 'cy');
    expect(welsh.length).toBeGreaterThanOrEqual(6);
  });

  it('shows documents in every way that records do', () => {
    const shows = new Set(people.flatMap(({ documents }) => documents.map(({ show }) => show ?? 'page')));
    expect([...shows].sort()).toEqual(['draft', 'frame', 'letter-card', 'page', 'pdf', 'scan', 'sealed-letter', 'textarea']);
    const parts = people.flatMap(({ documents }) => documents.flatMap((entry) => entry.parts ?? []));
    for (const kind of ['list', 'rows', 'grid', 'collapsed', 'late', 'support', 'log']) expect(parts.some((part) => typeof part === 'object' && kind in part), kind).toBe(true);
    const [log] = parts.flatMap((part) => (typeof part === 'object' && 'log' in part ? [part['log'] as unknown[]] : []));
    expect(log?.length).toBeGreaterThanOrEqual(200);
  });
});

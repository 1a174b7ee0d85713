import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { specialtyPacks } from '../../../assets/starter.js';
import { openCoder } from '../../../entrypoints/batch/coder.js';
import { createLexicon, findMentions, isAbbreviation, readText } from '../../../lib/analysis/index.js';
import { lexiconEntries } from '../../../lib/coding/index.js';
import { isCodable } from '../../../lib/model/assertion.js';
import type { PackEntry } from '../../../lib/model/lexicon.js';

const coder = openCoder();
const folder = resolve(import.meta.dirname, '../../../assets/codes');
const codesOf = (name: string): ReadonlySet<string> => new Set(readFileSync(resolve(folder, name), 'utf8').split('\n').map((line) => line.split('\t')[0] ?? ''));
const books = { diagnosis: codesOf('icd10.tsv'), procedure: codesOf('opcs4.tsv') };
/** Codes that are newer than the counted years, or are kept out of them. */
const notCounted = new Set(['C755']);
/** Packs that every specialty reads: their examples stand in no specialty. */
const common = new Set(['comorbidities', 'all-specialties', 'general', 'procedure-steps']);
/** Sentences with a gap in them for any term: nobody writes those, and they prove nothing. */
const template = /^(?:Seen on the ward|Reviewed (?:and content|today:)|There is (?:no|a) \S+\.$|Patient (?:has|with) \S+\.$|The patient (?:has|was found to have)\b)|\bnoted\.$/i;

/** Does the text give these codes, as the engine reads it with everything that ships? An operation that was only meant, or called off, gives none; a test that is coded only where it was the reason for the stay is found all the same. */
function gives({ kind, codes }: PackEntry, text: string, specialty: string | null): boolean {
  const { mentions, coding } = coder.code(text, specialty);
  const found = mentions.some(({ concept, assertion }) => concept.codes.join(' ') === codes.join(' ') && isCodable(assertion));
  return found && (kind === 'diagnosis' || !coding.rejected.some(({ code, because }) => code === codes[0] && because.some((rule) => rule === 'PRule1')));
}

const words = v.pipe(v.string(), v.minLength(1), v.maxLength(400));
const cue = v.strictObject({ before: v.optional(v.array(words)), after: v.optional(v.array(words)), sentence: v.optional(v.array(words)) });
/** What a pack may hold, and nothing besides: a coder who writes a row by hand is told of a slip of the pen. */
const packShape = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)), translation: v.picklist(['draft', 'reviewed', 'approved']),
  entries: v.array(v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z-]+\.[a-z0-9-]+$/)), kind: v.picklist(['diagnosis', 'procedure']), label: v.strictObject({ en: words, cy: v.optional(words) }), codes: v.array(v.pipe(v.string(), v.regex(/^[A-Z]\d\d[\dX]$/))),
    terms: v.array(words), status: v.picklist(['listed', 'to be checked']), note: v.optional(words), unless: v.optional(cue), onlyWhen: v.optional(cue), examples: v.strictObject({ find: v.array(words), leave: v.array(words) }),
  })),
});
/** Still being written: its rows need no Welsh and no lines yet. */
const unfinished = new Set(['general']);

it('has every pack of the folder', () => { expect(readdirSync(resolve(folder, '../specialties/packs')).sort()).toEqual(specialtyPacks.map(({ id }) => `${id}.json`).sort()); });

describe.each(specialtyPacks.map((pack) => [pack.id, pack] as const))('the %s pack', (id, pack) => {
  it('has codes that the UK lists know, a label, and words', () => {
    const wrong = pack.entries.filter((row) => row.codes.length === 0 || row.terms.length === 0 || row.label.en === '' || row.codes.some((code) => !books[row.kind].has(code) && !notCounted.has(code)));
    expect(wrong.map((row) => `${row.id} ${row.codes.join(' ')}`)).toEqual([]);
    expect(new Set(pack.entries.map((row) => row.id)).size).toBe(pack.entries.length);
  });

  it('is written as a pack is, each row in both languages with lines to find and to leave', () => {
    const checked = v.safeParse(packShape, pack);
    expect(checked.success ? [] : checked.issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)).toEqual([]);
    const welsh = pack.entries.filter(({ label }) => label.cy !== undefined && label.cy !== label.en).length;
    const lined = pack.entries.filter(({ examples }) => examples.find.length > 0 && examples.leave.length > 0).length;
    console.info(`${id}: rows ${pack.entries.length}, in Welsh ${welsh}, with lines of both kinds ${lined}`);
    if (!unfinished.has(id)) expect(pack.entries.filter(({ label, examples }) => label.cy === undefined || examples.find.length === 0 || examples.leave.length === 0).map((row) => row.id)).toEqual([]);
  });

  it('finds each of its terms as its own, and leaves it when it is denied', () => {
    // By itself: between packs the specialty and the longer words decide.
    const own = createLexicon(lexiconEntries([pack], { icd10: '', opcs4: '', index: '', synonyms: '' }));
    const bad: string[] = [];
    let tried = 0;
    for (const row of pack.entries) {
      for (const term of row.terms) {
        tried += 1;
        const text = `Seen on the ward about ${term} before lunch.`;
        const found = findMentions(own, readText(coder.asserter, text), id);
        const mine = found.filter((one) => one.concept.codes.join(' ') === row.codes.join(' '));
        if (mine.length === 0 && !row.onlyWhen) bad.push(`${row.id} does not find “${term}”${isAbbreviation(term) ? ' (abbreviation)' : ''}: ${found.map((one) => one.concept.id).join(', ')}`);
        const denied = findMentions(own, readText(coder.asserter, `There is no ${term}.`), id).filter((one) => one.concept.codes.join(' ') === row.codes.join(' '));
        if (denied.some((one) => one.assertion.polarity === 'affirmed')) bad.push(`${row.id} stands though denied: “${term}”`);
      }
    }
    console.info(`${id}: terms tried ${tried}, bad ${bad.length}`);
    expect(bad.join('\n')).toBe('');
    expect(tried).toBeGreaterThan(7);
  });

  it('gives the codes of each line that it must find, and not of those that it must leave', () => {
    const bad: string[] = [];
    let tried = 0;
    for (const row of pack.entries) {
      for (const [lines, wanted] of [[row.examples.find, true], [row.examples.leave, false]] as const) {
        for (const text of lines) {
          tried += 1;
          if (template.test(text)) bad.push(`${row.id} has a sentence with a gap in it: “${text}”`);
          if (gives(row, text, common.has(id) ? null : id) !== wanted) bad.push(`${row.id} must ${wanted ? 'find' : 'leave'} “${text}”: ${coder.code(text, common.has(id) ? null : id).mentions.map(({ concept, assertion }) => `${concept.codes.join('+')}${isCodable(assertion) ? '' : ' not codable'}`).join(', ')}`);
        }
      }
    }
    console.info(`${id}: examples tried ${tried}, bad ${bad.length}`);
    expect(bad.join('\n')).toBe('');
  });
});

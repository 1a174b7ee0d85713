import { overlaps, type Span } from '../base/span.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { ClinicalDocument } from '../model/document.js';
import type { SpecialtyId } from '../model/episode.js';
import { canMatch, verdicts, type Rule, type RuleId, type Rulebook, type TermForm } from '../model/rulebook.js';
import { compileCue, type CueTest } from './context-cue.js';
import { compileLiterals, matchLiterals, type LiteralPattern } from './literal.js';
import { compileWords, openWords, scanWords, type WordPattern } from './matcher.js';
import { mutatedPhrases } from './mutation.js';

/** A finding in a text that is not yet a document's. */
export type Finding = Pick<Diagnostic, 'rule' | 'severity' | 'kind' | 'span'>;

/** Reads texts by one edition of the rulebook. The same text gives the same findings for ever. */
export interface Reader {
  /** Findings in order of place, in linear time. Spans are UTF-16 offsets into `text`, always inside it. */
  readonly read: (text: string, where: { readonly specialty: SpecialtyId | 'unknown' }) => readonly Finding[];
}

interface Entry { readonly rule: Rule; readonly form: TermForm; readonly isTerm: boolean; readonly unless: CueTest | null; readonly onlyWhen: CueTest | null }
interface Candidate { readonly entry: Entry; readonly span: Span }

/** Makes a reader. Noisy rules are left out unless they are named, or `all` is given (for running every rule's examples). */
export function createReader(rulebook: Rulebook, options: { readonly noisyOn: readonly RuleId[] | 'all' }): Reader {
  const entries: Entry[] = [];
  const words: WordPattern[] = [];
  const literals: LiteralPattern[] = [];
  for (const rule of rulebook.rules) {
    if (rule.noisy && options.noisyOn !== 'all' && !options.noisyOn.includes(rule.id)) continue;
    const unless = rule.unless && compileCue(rule.unless);
    const onlyWhen = rule.onlyWhen && compileCue(rule.onlyWhen);
    for (const form of rule.forms) {
      // Half written in the editor, or published before this was checked: it finds nothing, and the others go on.
      if (!canMatch(form)) continue;
      const payload = entries.length;
      entries.push({ rule, form, isTerm: form.text === rule.term, unless, onlyWhen });
      if (form.match === 'words') {
        const texts = form.language === 'cy' && !form.caseSensitive ? mutatedPhrases(form.text) : [form.text];
        for (const text of texts) words.push({ text, payload, caseSensitive: form.caseSensitive });
      } else {
        literals.push({ text: form.text, payload, caseSensitive: form.caseSensitive, place: form.match === 'literal' ? 'anywhere' : form.match });
      }
    }
  }
  const matcher = openWords(compileWords(words));
  const symbols = compileLiterals(literals);
  return {
    read(text, { specialty }) {
      const found: Candidate[] = [];
      const take = (payload: number, start: number, end: number): void => {
        const entry = entries[payload] as Entry;
        const span: Span = { start, end };
        if (counts(entry, text, span, specialty)) found.push({ entry, span });
      };
      scanWords(matcher, text, take, (unit, at) => matchLiterals(symbols, text, unit, at, take));
      return choose(found).map(({ entry, span }) => ({ rule: entry.rule.id, severity: entry.rule.verdict, kind: entry.rule.kind, span }));
    },
  };
}

/** Reads one document: its findings, bound to its id and version. */
export function diagnose(document: ClinicalDocument, reader: Reader, specialty: SpecialtyId | 'unknown'): readonly Diagnostic[] {
  return reader.read(document.text, { specialty }).map((finding) => ({ ...finding, document: document.id, version: document.version }));
}

function counts({ rule, form, unless, onlyWhen }: Entry, text: string, span: Span, specialty: SpecialtyId | 'unknown'): boolean {
  if (rule.appliesTo !== 'all' && (specialty === 'unknown' || !rule.appliesTo.includes(specialty))) return false;
  if (rule.number && form.text.includes('{number}')) {
    const figure = Number(/\d+(?:\.\d+)?/.exec(text.slice(span.start, span.end))?.[0]);
    if (!(figure >= (rule.number.atLeast ?? -Infinity) && figure <= (rule.number.atMost ?? Infinity))) return false;
  }
  if (unless?.(text, span)) return false;
  return !onlyWhen || onlyWhen(text, span);
}

/** On the same words: the specialty's own entry, then the term itself over a variant, then the worse verdict, then the first of the sheet. */
function better(a: Candidate, b: Candidate): boolean {
  const own = Number(b.entry.rule.appliesTo !== 'all') - Number(a.entry.rule.appliesTo !== 'all');
  if (own !== 0) return own < 0;
  if (a.entry.isTerm !== b.entry.isTerm) return a.entry.isTerm;
  const worse = verdicts.indexOf(a.entry.rule.verdict) - verdicts.indexOf(b.entry.rule.verdict);
  return worse !== 0 ? worse < 0 : a.entry.rule.id < b.entry.rule.id;
}

/** Leftmost, then longest, among matches that overlap. A doubting symbol and the word that it doubts are two findings. */
function choose(found: readonly Candidate[]): readonly Candidate[] {
  const order = (a: Candidate, b: Candidate): number => a.span.start - b.span.start || b.span.end - a.span.end || (better(a, b) ? -1 : 1);
  const pick = (some: readonly Candidate[]): Candidate[] => {
    const kept: Candidate[] = [];
    for (const candidate of [...some].sort(order)) {
      const last = kept.at(-1);
      if (!last || !overlaps(last.span, candidate.span)) kept.push(candidate);
    }
    return kept;
  };
  const doubts = pick(found.filter(({ entry }) => entry.form.match === 'before-term'));
  const others = pick(found.filter(({ entry }) => entry.form.match !== 'before-term'));
  return [...doubts, ...others].sort(order);
}

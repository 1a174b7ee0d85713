import type { SpecialtyId } from '../../lib/model/episode.js';
import type { Bilingual, TranslationStatus } from '../../lib/model/language.js';
import type { Rule, RuleId, Verdict } from '../../lib/model/rulebook.js';
import { languageOfTerm } from './sheet-diagnosis.js';

export const bookmarkForms = ['card', 'poster', 'strip'] as const;
/** How the bookmark is printed: an A5 card, an A4 poster, or pocket strips, four on a sheet of A4 that is cut. */
export type BookmarkForm = (typeof bookmarkForms)[number];

/** The order of the parts of a bookmark: what to write comes first. */
export const bookmarkVerdicts = ['use', 'avoid', 'caution'] as const satisfies readonly Verdict[];

/** One line of a bookmark. */
export interface BookmarkTerm {
  readonly id: RuleId;
  readonly term: string;
  /** The language that the term is written in. */
  readonly language: 'en' | 'cy';
  readonly verdict: Verdict;
  readonly short: Bilingual<string>;
  /** Wordings to write instead, joined; empty for terms to use. */
  readonly instead: Bilingual<string>;
  readonly translation: TranslationStatus;
}

const lineOf = ({ id, term, forms, verdict, text, translation }: Rule): BookmarkTerm => ({
  id, term, language: languageOfTerm({ term, forms }), verdict, translation, short: { en: text.en.short, cy: text.cy.short },
  instead: { en: text.en.instead.join('; '), cy: text.cy.instead.join('; ') },
});

/** Does an entry concern who works in a specialty? `all` asks for what concerns everyone. */
export const concerns = ({ appliesTo }: Pick<Rule, 'appliesTo'>, specialty: SpecialtyId | 'all'): boolean => appliesTo === 'all' || (specialty !== 'all' && appliesTo.includes(specialty));

/** The order in which room is given: the specialty's own entries and everybody's by turns, faults to avoid a little more often. */
const turns: readonly (readonly ['own' | 'all', Verdict])[] = [['own', 'avoid'], ['all', 'avoid'], ['own', 'caution'], ['all', 'caution'], ['own', 'use'], ['all', 'use'], ['all', 'avoid']];

/** Every entry for a specialty, first what is most worth its room on a page that cannot hold all. */
export function bookmarkTerms(rules: readonly Rule[], specialty: SpecialtyId | 'all'): readonly BookmarkTerm[] {
  const wanted = rules.filter((rule) => concerns(rule, specialty));
  const waiting = turns.map(([whose, verdict]) => ({ key: `${whose} ${verdict}`, rules: wanted.filter((rule) => rule.verdict === verdict && (rule.appliesTo === 'all') === (whose === 'all')) }));
  // Two turns of one kind draw from one queue.
  const queues = new Map(waiting.map(({ key, rules: own }) => [key, [...own].reverse()]));
  const lines: BookmarkTerm[] = [];
  while (lines.length < wanted.length) for (const { key } of waiting) { const next = queues.get(key)?.pop(); if (next) lines.push(lineOf(next)); }
  return lines;
}

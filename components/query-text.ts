import type { FaultCategory } from '../lib/model/fault.js';
import type { QueryLanguage } from '../lib/model/query.js';
import { otherLocale } from '../lib/model/language.js';
import { createWords, type Words } from './words.js';

/** What a query's text is made of: the sheet's own word and counts, never a word of a record. */
export interface QueryTextParts {
  readonly category: FaultCategory;
  /** The term as the sheet has it; null where a category alone is asked about. */
  readonly term: string | null;
  /** About what a specialty's documents share, and how often; null for one episode. */
  readonly shared: { readonly specialty: (words: Words) => string; readonly findings: number } | null;
  readonly reference: string;
}

/** A question to the clinicians as it is copied: subject first, then its sentences, in one language or in both, the reader's own first. It asks openly and proposes no answer. */
export function queryText(parts: QueryTextParts, language: QueryLanguage, own: Words): string {
  const locale = language === 'en' ? 'en-GB' : language === 'cy' ? 'cy' : null;
  if (locale) return textIn(parts, own.locale === locale ? own : createWords(locale));
  const other = createWords(otherLocale(own.locale));
  return `${textIn(parts, own)}\n\n———\n\n${textIn(parts, other)}`;
}

function textIn({ category, term, shared, reference }: QueryTextParts, words: Words): string {
  const { say } = words;
  const ask = term === null
    ? say(shared ? `query.askAll.${category}` : `query.ask.${category}`)
    : say(shared ? 'query.askAll.term' : 'query.ask.term', { term });
  const sentences = shared
    ? [say('query.open.shared', { count: shared.findings, specialty: shared.specialty(words), reference }), ask, say('query.answers.shared')]
    : [say('query.open.episode', { reference }), ask, say('query.answers')];
  return [say('query.subject', { reference }), ...sentences, say('query.close')].join('\n\n');
}

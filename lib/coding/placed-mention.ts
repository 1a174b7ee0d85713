import type { Span } from '../base/span.js';
import type { ClinicalCode } from '../model/code.js';
import type { DocumentId } from '../model/document.js';
import type { Mention } from '../model/mention.js';
import type { PlacedMention } from './candidates.js';

/** Units of a sentence that the rules look at, about a mention and before it. */
const reach = { sentence: 600, before: 60 } as const;

/** A mention as the rules are asked about it: with its document and the words about it. `at` is its sentence. */
export function placeMention(mention: Mention, { id, version, text }: { readonly id: DocumentId; readonly version: number; readonly text: string }, at: Span): PlacedMention {
  const { start } = mention.span;
  return { mention, document: id, version, sentence: text.slice(at.start, Math.min(at.end, at.start + reach.sentence)), sentenceAt: at.start, before: text.slice(Math.max(at.start, start - reach.before), start) };
}

/** What the shipped list of ICD-10 says of its codes beside their titles: `icd10` is the file as text. */
export function listFacts(icd10: string): { readonly usage: (code: ClinicalCode) => number; readonly isAsterisk: (code: ClinicalCode) => boolean } {
  const rows = icd10.split('\n').map((line) => line.split('\t'));
  const usage = new Map(rows.map(([code = '', , count = '']) => [code, Number(count)]));
  const asterisk = new Set(rows.filter(([, mark]) => mark === '*').map(([code = '']) => code));
  return { usage: (code) => usage.get(code) ?? 0, isAsterisk: (code) => asterisk.has(code) };
}

import * as v from 'valibot';
import type { CoderQuestion } from '../../model/auto-coder.js';
import { codeSystems } from '../../model/code.js';
import { minimumText } from './minimum-text.js';

/** Version of the contract (`assets/contract/auto-coder.openapi.json`); another one is refused by either side. */
export const contractSchema = 1;

/** Most that one reply may weigh, in bytes (trust/reliability.md, R-29). */
export const mostReplyBytes = 256 * 1024;

/** Most suggestions that one reply may hold. */
export const mostSuggestions = 50;

/** Most text that is ever sent at once, UTF-16 units. */
export const mostCharacters = 200_000;

/** The request as the contract has it. Nothing else leaves. */
export interface ContractRequest {
  readonly schema: typeof contractSchema;
  readonly nonce: string;
  readonly language: 'en-GB' | 'cy';
  readonly specialty: string | null;
  readonly classifications: { readonly day: string; readonly editions: Readonly<Partial<Record<(typeof codeSystems)[number], string>>> };
  /** Numbered from 1 in the order of the page: the page's own names of documents stay here. */
  readonly documents: readonly { readonly id: string; readonly language: 'en' | 'cy' | 'mixed' | 'unknown'; readonly text: string }[];
}

/** Writes what would leave: the notes that have text, less what identifies, under the numbers that replies name them by. */
export function writeRequest(question: CoderQuestion, nonce: string): ContractRequest {
  const { codes, language, specialty, documents, known } = question;
  const editions = Object.fromEntries(codeSystems.flatMap((system) => { const edition = codes.systems[system]; return edition.ok ? [[system, edition.value.name]] : []; }));
  return {
    schema: contractSchema, nonce, language, specialty, classifications: { day: codes.day, editions },
    documents: documents.map((one, at) => ({ id: String(at + 1), language: one.language, text: minimumText(one.text, known) })),
  };
}

/** The outside of a reply; its suggestions are looked at one by one. Names are text that a person reads: no control characters, none that turn its direction. */
export const replyShape = v.strictObject({
  schema: v.number(),
  nonce: v.string(),
  model: v.pipe(v.string(), v.minLength(1), v.maxLength(80), v.check((name) => name.trim() !== '' && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(name))),
  suggestions: v.array(v.unknown()),
});

/** One suggestion, as far as its types go; whether its numbers are sense is asked after. */
export const suggestionShape = v.strictObject({
  classification: v.picklist(codeSystems),
  code: v.pipe(v.string(), v.regex(/^[A-Z]\d\d\.?[\dX]$/)),
  evidence: v.pipe(v.array(v.strictObject({ document: v.string(), start: v.number(), end: v.number() })), v.minLength(1), v.maxLength(20)),
  confidence: v.number(),
});

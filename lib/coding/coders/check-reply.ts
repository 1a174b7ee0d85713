import * as v from 'valibot';
import { fail, succeed, type Result } from '../../base/result.js';
import type { BoardSuggestion, CoderAnswer, CoderQuestion, Refusal, ReplyFault } from '../../model/auto-coder.js';
import { readCode } from '../../model/code.js';
import type { Evidence } from '../../model/suggestion.js';
import { contractSchema, mostReplyBytes, mostSuggestions, replyShape, suggestionShape, type ContractRequest } from './contract.js';
import { hidden } from './minimum-text.js';

/** A reply as it came, before anybody believed a word of it. */
export interface RawReply {
  readonly contentType: string | null;
  readonly body: string;
}

type WholeFault = { readonly kind: 'reply-refused'; readonly fault: ReplyFault };

/**
 * What of a reply may be shown beside Nodi's own. The reply is hostile: one that is not an answer to this request is refused whole, a suggestion that names a code
 * of no edition of the day, or words that were not sent, is refused alone; both are counted and named (trust/reliability.md, R-29).
 */
export function checkReply(reply: RawReply, request: ContractRequest, question: CoderQuestion): Result<CoderAnswer, WholeFault> {
  const refuse = (fault: ReplyFault): Result<CoderAnswer, WholeFault> => fail({ kind: 'reply-refused', fault });
  // A unit is a byte at the least: what is longer than this is too large in any coding.
  if (reply.body.length > mostReplyBytes) return refuse('too-large');
  const type = (reply.contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/html' || /^\s*<(?:!doctype|html|head|body|form|script)\b/i.test(reply.body.slice(0, 400))) return refuse('login-page');
  if (type !== 'application/json') return refuse('wrong-type');
  let data: unknown;
  try { data = JSON.parse(reply.body); } catch { return refuse('not-json'); }
  const whole = v.safeParse(replyShape, data);
  if (!whole.success) return refuse('not-schema');
  const { schema, nonce, model, suggestions } = whole.output;
  if (schema !== contractSchema) return refuse('other-schema');
  if (nonce !== request.nonce) return refuse('other-nonce');
  if (suggestions.length > mostSuggestions) return refuse('too-many');

  const kept: BoardSuggestion[] = [];
  const refused: Partial<Record<Refusal, number>> = {};
  const named = new Set<string>();
  for (const given of suggestions) {
    const checked = checkSuggestion(given, request, question);
    const name = typeof checked === 'string' ? '' : `${checked.system} ${checked.code}`;
    const outcome = typeof checked !== 'string' && named.has(name) ? 'duplicate' : checked;
    if (typeof outcome === 'string') { refused[outcome] = (refused[outcome] ?? 0) + 1; continue; }
    named.add(name);
    kept.push(outcome);
  }
  return succeed({ model, suggestions: kept, refused });
}

function checkSuggestion(given: unknown, request: ContractRequest, question: CoderQuestion): BoardSuggestion | Refusal {
  const shape = v.safeParse(suggestionShape, given);
  if (!shape.success) return 'not-a-suggestion';
  const { classification: system, code: written, confidence } = shape.output;
  if (!(confidence >= 0 && confidence <= 1)) return 'bad-confidence';
  const code = readCode(written);
  if (code === null || !question.codes.systems[system].ok || question.codes.entry(system, code) === null) return 'unknown-code';
  const evidence: Evidence[] = [];
  for (const { document: id, start, end } of shape.output.evidence) {
    const at = request.documents.findIndex((one) => one.id === id);
    const sent = request.documents[at]?.text;
    const asked = question.documents[at];
    if (sent === undefined || !asked || !Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end > sent.length) return 'span-outside';
    if (end <= start) return 'span-inverted';
    if (cuts(sent, start) || cuts(sent, end)) return 'span-outside';
    const words = sent.slice(start, end);
    // Nothing proves a code that is white space, or that the coder was not shown.
    if (words.replaceAll(hidden, '').trim() === '') return 'span-hidden';
    evidence.push({ document: asked.document, version: asked.version, span: { start, end } });
  }
  const [first, ...more] = evidence;
  return first ? { system, code, confidence, evidence: [first, ...more] } : 'not-a-suggestion';
}

/** Does this offset part a surrogate pair? */
function cuts(text: string, at: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(at - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(at));
}

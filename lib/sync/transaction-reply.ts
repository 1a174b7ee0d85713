import * as v from 'valibot';
import { fail, succeed, type Result } from '../base/result.js';
import type { EntryIssue, SentReplyFault } from '../model/sending.js';

/** What was sent in one entry, as far as its answer must agree with it: its kind, and its key as the first of its identifiers. */
interface SentEntry { readonly resource: { readonly resourceType: string; readonly identifier: readonly [{ readonly system: string; readonly value: string }, ...unknown[]] } }

/** What a server says of one entry: its HTTP status, where the resource now is (without what comes before its type), and what is wrong with it. */
export interface EntryAnswer extends EntryIssue { readonly status: number; readonly location: string }

export interface SentReply { readonly contentType: string | null; readonly body: string }

const outcomeShape = v.object({ resourceType: v.literal('OperationOutcome'), issue: v.array(v.object({ severity: v.optional(v.string(), ''), code: v.optional(v.string(), ''), expression: v.optional(v.array(v.string()), []) })) });
const reply = v.object({
  resourceType: v.literal('Bundle'), type: v.picklist(['transaction-response', 'batch-response']),
  entry: v.optional(v.array(v.object({ resource: v.optional(v.unknown()), response: v.object({ status: v.pipe(v.string(), v.regex(/^[1-5]\d\d\b/)), location: v.optional(v.string()), outcome: v.optional(v.unknown()) }) })), []),
});
const told = v.object({ resourceType: v.string(), identifier: v.optional(v.array(v.object({ system: v.optional(v.string()), value: v.optional(v.string()) }))) });

/** The words of FHIR's own list of kinds of issue (R4, issue-type): what else a server writes there is not repeated. */
const issueTypes = new Set(['invalid', 'structure', 'required', 'value', 'invariant', 'security', 'login', 'unknown', 'expired', 'forbidden', 'suppressed', 'processing', 'not-supported', 'duplicate', 'multiple-matches', 'not-found', 'deleted', 'too-long', 'code-invalid', 'extension', 'too-costly', 'business-rule', 'conflict', 'transient', 'lock-error', 'no-store', 'exception', 'timeout', 'incomplete', 'throttled', 'informational']);

/** The first error of an OperationOutcome in FHIR's closed words; empty where there is none. */
export function issueIn(data: unknown): EntryIssue {
  const read = v.safeParse(outcomeShape, data);
  const found = read.success ? read.output.issue.find(({ severity }) => severity === 'error' || severity === 'fatal') : undefined;
  const [place] = found?.expression ?? [];
  return { issue: found && issueTypes.has(found.code) ? found.code : '', at: place !== undefined && /^[A-Za-z][\w.[\]]{0,79}$/.test(place) ? place : '' };
}

/** JSON that a FHIR server sent, or why it is none; a page for signing in is called so. */
export function readFhirJson({ contentType, body }: SentReply): Result<unknown, { readonly kind: SentReplyFault }> {
  const isJson = /^application\/(?:fhir\+)?json(?:\s*;|$)/i.test(contentType ?? '');
  if (/^\s*</.test(body)) return fail({ kind: isJson || /html/i.test(contentType ?? '') ? 'login-page' : 'wrong-type' });
  if (!isJson) return fail({ kind: 'wrong-type' });
  try { return succeed(JSON.parse(body)); } catch { return fail({ kind: 'not-json' }); }
}

/**
 * The server's word on each entry, in the order in which they were sent; or why none of it counts. As many answers as entries, each about a resource of the kind that was
 * sent, and where the resource is sent back, of the key that was sent.
 */
export function readTransactionReply(answer: SentReply, entries: readonly SentEntry[]): Result<readonly EntryAnswer[], { readonly kind: SentReplyFault }> {
  const json = readFhirJson(answer);
  if (!json.ok) return json;
  const read = v.safeParse(reply, json.value);
  if (!read.success) return fail({ kind: 'not-a-reply' });
  if (read.output.entry.length !== entries.length) return fail({ kind: 'other-answer' });
  const answers: EntryAnswer[] = [];
  for (const [index, { resource, response }] of read.output.entry.entries()) {
    const sent = entries[index]?.resource;
    if (!sent) return fail({ kind: 'other-answer' });
    const status = Number(response.status.slice(0, 3));
    const place = response.location === undefined ? '' : /(?:^|\/)([A-Z][A-Za-z]+\/[\w.-]+(?:\/_history\/[\w.-]+)?)$/.exec(response.location)?.[1] ?? '/';
    if (place !== '' && !place.startsWith(`${sent.resourceType}/`)) return fail({ kind: 'other-answer' });
    const back = v.safeParse(told, resource);
    if (back.success && back.output.resourceType !== 'OperationOutcome') {
      const [key] = sent.identifier;
      const isOurs = back.output.resourceType === sent.resourceType && (back.output.identifier ?? []).some(({ system, value }) => system === key.system && value === key.value);
      if (!isOurs) return fail({ kind: 'other-answer' });
    }
    answers.push({ status, location: place, ...issueIn(back.success && back.output.resourceType === 'OperationOutcome' ? resource : response.outcome) });
  }
  return succeed(answers);
}

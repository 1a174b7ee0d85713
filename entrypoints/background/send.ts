import { fail, succeed, type Result } from '../../lib/base/result.js';

/** How long and how much, at most. */
export interface SendLimits {
  readonly seconds: number;
  /** Bytes of a reply once unpacked; the rest is not read. */
  readonly bytes: number;
  /** The same of a reply of another status than 200; none is read where it is not given. */
  readonly errorBytes?: number;
}

/** What is sent: a body of this media type, or a mere question; with a credential or without. */
export interface Sent {
  readonly body: string | null;
  readonly type: 'application/json' | 'application/fhir+json';
  readonly bearer?: string | null;
}

export interface SendAnswer {
  readonly status: number;
  /** Milliseconds that it asks us to wait. */
  readonly retryAfter: number | null;
  readonly contentType: string | null;
  readonly body: string;
}

export type SendFault =
  | { readonly kind: 'network' }
  | { readonly kind: 'slow'; readonly seconds: number }
  /** It pointed to another address; nothing is sent after it. */
  | { readonly kind: 'redirect' }
  | { readonly kind: 'reply-refused'; readonly fault: 'too-large' | 'not-json' }
  | { readonly kind: 'withdrawn' };

/** Longest that a `Retry-After` is believed, in milliseconds. */
const longestWait = 600_000;

/**
 * The only place from which anything leaves the browser. Asks one address: no cookies, no referrer, no cache, no redirect is followed, a credential stands in its
 * header alone, and the reply is read no further than its limits (trust/threats.md, T19; trust/reliability.md, R-28). The package that boards use by default does not hold it.
 */
export async function send(address: string, { body, type, bearer = null }: Sent, limits: SendLimits, signal: AbortSignal): Promise<Result<SendAnswer, SendFault>> {
  const late = AbortSignal.timeout(limits.seconds * 1000);
  const ending = AbortSignal.any([signal, late]);
  try {
    const answer = await fetch(address, {
      method: body === null ? 'GET' : 'POST', ...(body === null ? {} : { body }),
      headers: { accept: type === 'application/json' ? type : `${type}, application/json`, ...(body === null ? {} : { 'content-type': type }), ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) },
      redirect: 'manual', credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', mode: 'cors', signal: ending,
    });
    const drop = async <Value>(value: Value): Promise<Value> => { await answer.body?.cancel().catch(() => undefined); return value; };
    if (answer.type === 'opaqueredirect' || (answer.status >= 300 && answer.status < 400)) return await drop(fail({ kind: 'redirect' }));
    const { status } = answer;
    const head = { status, retryAfter: waitOf(answer.headers.get('retry-after')), contentType: answer.headers.get('content-type') };
    const most = status === 200 ? limits.bytes : limits.errorBytes ?? 0;
    if (most === 0) return await drop(succeed({ ...head, body: '' }));
    const text = await readCapped(answer, most);
    if (typeof text === 'string') return succeed({ ...head, body: text });
    return status === 200 ? fail({ kind: 'reply-refused', fault: text.fault }) : succeed({ ...head, body: '' });
  } catch {
    // What went wrong is in the browser's words and may quote what was sent: only its kind is kept.
    if (signal.aborted) return fail({ kind: 'withdrawn' });
    return late.aborted ? fail({ kind: 'slow', seconds: limits.seconds }) : fail({ kind: 'network' });
  }
}

async function readCapped(answer: Response, most: number): Promise<string | { readonly fault: 'too-large' | 'not-json' }> {
  const reader = answer.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let read = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (!done) read += value.byteLength;
    if (read > most) { await reader.cancel().catch(() => undefined); return { fault: 'too-large' }; }
    try { text += done ? decoder.decode() : decoder.decode(value, { stream: true }); } catch { await reader.cancel().catch(() => undefined); return { fault: 'not-json' }; }
    if (done) return text;
  }
}

/** Milliseconds that a `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3); null where it says nothing. */
function waitOf(header: string | null): number | null {
  if (header === null) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.min(longestWait, Math.max(0, wait)) : null;
}

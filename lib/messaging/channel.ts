import * as v from 'valibot';
import browser, { type Runtime } from 'webextension-polyfill';
import { fail, succeed, type Result } from '../base/result.js';
import { wall, type Answer, type Ask, type QuestionName, type Zone } from './protocol.js';

/** Why no answer came. `no-answer` covers a dead worker, a gone tab and a passed deadline: the effect is the same. */
export interface NoAnswer { readonly kind: 'no-answer' }

/** Who asked, as the browser itself says. */
export interface Asker {
  readonly zone: Zone;
  readonly tab: number | null;
  readonly frame: number;
}

/** Answers to some of the questions; a process answers only what it owns. */
export type Handlers = { readonly [Name in QuestionName]?: (ask: Ask<Name>, asker: Asker) => Promise<Answer<Name>> | Answer<Name> };

interface Envelope { readonly nodi: 1; readonly name: QuestionName; readonly ask: unknown }

/** Milliseconds to wait for an answer before it counts as none. */
const deadline = 5000;
/** A letter comes from the record's own server, which may take its time. */
const slow: Partial<Record<QuestionName, number>> = { 'panel.fetch-letter': 60_000, 'page.fetch-letter': 55_000 };

async function withDeadline<Value>(answer: Promise<Value>, wait: number): Promise<Result<Value, NoAnswer>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Result<Value, NoAnswer>>((resolve) => { timer = setTimeout(() => resolve(fail({ kind: 'no-answer' })), wait); });
  try {
    return await Promise.race([answer.then((value) => succeed(value)), late]);
  } catch {
    return fail({ kind: 'no-answer' });
  } finally {
    clearTimeout(timer);
  }
}

/** An answer of `undefined` means that nobody owned the question. */
function answered<Value>(result: Result<Value, NoAnswer>): Result<Value, NoAnswer> {
  return result.ok && result.value === undefined ? fail({ kind: 'no-answer' }) : result;
}

/** What the background is asked by readers and pages: it may die with the question, and whatever it is asked may be asked twice. */
const isForBackground = (name: QuestionName): boolean => name.startsWith('frame.') || name.startsWith('panel.');

/**
 * Asks the background (or, from it, our open pages). Never throws: no answer is a value. A worker that died with the question is waked by
 * asking once more: else a panel or a reader would wait for a hint that nobody is left to send.
 */
export async function ask<Name extends QuestionName>(name: Name, question: Ask<Name>): Promise<Result<Answer<Name>, NoAnswer>> {
  const envelope: Envelope = { nodi: 1, name, ask: question };
  const wait = slow[name] ?? deadline;
  const last = performance.now() + wait;
  const once = async (): Promise<Result<Answer<Name>, NoAnswer>> => {
    try {
      return answered(await withDeadline(browser.runtime.sendMessage(envelope) as Promise<Answer<Name>>, wait));
    } catch {
      // An orphaned content script: the extension was updated under it.
      return fail({ kind: 'no-answer' });
    }
  };
  const first = await once();
  return first.ok || !isForBackground(name) || performance.now() >= last - 50 ? first : once();
}

/** Asks the reader in one frame of a tab; `every` asks those of all frames and gives the first answer. */
export async function askFrame<Name extends QuestionName>(tab: number, frame: number | 'every', name: Name, question: Ask<Name>): Promise<Result<Answer<Name>, NoAnswer>> {
  const envelope: Envelope = { nodi: 1, name, ask: question };
  try {
    return answered(await withDeadline(browser.tabs.sendMessage(tab, envelope, frame === 'every' ? {} : { frameId: frame }) as Promise<Answer<Name>>, slow[name] ?? deadline));
  } catch {
    return fail({ kind: 'no-answer' });
  }
}

/** Which zone a message comes from; null for anyone who is not ours. */
export function zoneOf(sender: Runtime.MessageSender, ownId: string, ownOrigin: string): Zone | null {
  if (sender.id !== ownId) return null;
  const lifecycle = (sender as { readonly documentLifecycle?: string }).documentLifecycle;
  if (lifecycle !== undefined && lifecycle !== 'active') return null;
  // Our viewer shows a letter and is read like any page of a record; it may ask what our other pages may as well.
  if (sender.url?.startsWith(`${ownOrigin}viewer.html`) && sender.tab) return 'viewer';
  if (sender.url?.startsWith(ownOrigin)) return 'page';
  return sender.tab ? 'frame' : 'background';
}

/**
 * Decides on one message: undefined when it is not for these handlers, else the answer.
 * Everything is checked here, once: who asks, whether they may, and the shape of what they ask.
 */
export function answer(handlers: Handlers, message: unknown, asker: Asker | null): Promise<unknown> | undefined {
  if (asker === null || typeof message !== 'object' || message === null) return undefined;
  const { nodi, name, ask: question } = message as Partial<Envelope>;
  if (nodi !== 1 || typeof name !== 'string' || !Object.hasOwn(wall, name) || !Object.hasOwn(handlers, name)) return undefined;
  const gate = wall[name];
  // The background's own worker page and an extension page are the same origin: a hint may come from either.
  const may = gate.zone === asker.zone || (gate.zone === 'background' && (asker.zone === 'page' || asker.zone === 'viewer')) || (asker.zone === 'viewer' && (gate.zone === 'frame' || gate.zone === 'page'));
  if (!may) return undefined;
  if (!v.is(gate.shape, question)) return undefined;
  const handler = handlers[name] as (ask: unknown, asker: Asker) => unknown;
  return Promise.resolve(handler(question, asker));
}

/** Listens for the questions that these handlers own until the signal ends. Call it synchronously when a process starts. */
export function listen(handlers: Handlers, signal: AbortSignal): void {
  const ownOrigin = browser.runtime.getURL('');
  const ownId = browser.runtime.id;
  const listener = (message: unknown, sender: Runtime.MessageSender): Promise<unknown> | undefined => {
    const zone = zoneOf(sender, ownId, ownOrigin);
    return answer(handlers, message, zone && { zone, tab: sender.tab?.id ?? null, frame: sender.frameId ?? 0 });
  };
  browser.runtime.onMessage.addListener(listener as Parameters<typeof browser.runtime.onMessage.addListener>[0]);
  signal.addEventListener('abort', () => browser.runtime.onMessage.removeListener(listener as Parameters<typeof browser.runtime.onMessage.addListener>[0]), { once: true });
}

import browser from 'webextension-polyfill';
import { starterSheet } from '../../assets/starter.js';
import { createReader, type Reader } from '../../lib/analysis/index.js';
import { checkAdapter } from '../../lib/capture/adapters/check-adapter.js';
import { createLedgerStore, createLogStore, createSharedStore, foldDecisions, type FoldedDecisions } from '../../lib/log/index.js';
import { dateOf } from '../../lib/model/month.js';
import type { Rule, RuleId, Rulebook } from '../../lib/model/rulebook.js';
import { mayKeepCoders, type EffectiveSettings } from '../../lib/model/settings.js';
import { createRulebook, createSheetReader } from '../../lib/rulebook/index.js';
import { createLearnedStore, createLogFiles, createSettings, createSheetStore, isSigned } from '../../lib/settings/index.js';
import { isClinicalWord } from './clinical-words.js';
import { openCodersRecord } from './coders-record.js';
import { createGuesses } from './guesses.js';
import { createDailyCare, retentionOf, withLedger, withOthers } from './log-care.js';

/** Today on this computer, YYYY-MM-DD. */
export const today = (): string => dateOf(Date.now(), 0 - new Date().getTimezoneOffset());

/** Everything that is made once and may take a moment: rulebook, matcher, log, settings. */
export async function openWorld() {
  const checked = createRulebook(starterSheet);
  if (!checked.ok) throw new Error(`The shipped rulebook does not pass its own check: ${JSON.stringify(checked.failure)}`);
  const shipped: Rulebook = checked.value;
  const sheets = createSheetStore(indexedDB);
  const sheetDay = today();
  const sheetOn = createSheetReader(sheets, shipped, isSigned);
  const settings = createSettings(browser.storage, checkAdapter);
  const [effective, salt, boardKey] = await Promise.all([settings.store.read(), settings.sessionSalt(), settings.boardKey()]);
  const { rulebook } = await sheetOn(effective.settings.boardSheet, sheetDay);
  const store = createLogStore({ name: 'nodi-log', sentinel: settings.sentinel, files: createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-log'), exclusive: (write) => navigator.locks.request('nodi-log', write), clock: { wall: () => Date.now(), offset: () => 0 - new Date().getTimezoneOffset() }, isClinical: isClinicalWord });
  const shared = createSharedStore({ files: createLogFiles(() => navigator.storage.getDirectory(), globalThis.caches, 'nodi-shared'), exclusive: (write) => navigator.locks.request('nodi-shared', write) });
  const read = await store.decisions();
  // Readings are many and decide nothing: no fold here ever meets one.
  const events = read.ok ? read.value.filter(({ kind }) => kind !== 'document-read') : [];
  const learnedStore = createLearnedStore(indexedDB);
  const now: { effective: EffectiveSettings } = { effective };
  return Object.assign(now, {
    rulebook, sheetOn, sheetDay, settings: settings.store, sentinel: settings.sentinel, salt, boardKey, readBoardKey: settings.boardKey, store,
    /** After a decision: the answer has gone out by then, and nobody waits for it; and when the policy says another time. */
    tend: createDailyCare(withLedger(withOthers(store, shared, () => Date.now()), createLedgerStore({ name: 'nodi-ledger' }), () => mayKeepCoders(now.effective)), () => retentionOf(now.effective), today, () => String(mayKeepCoders(now.effective))),
    rules: new Map<RuleId, Rule>(rulebook.rules.map((rule) => [rule.id, rule])),
    reader: createReader(rulebook, { noisyOn: effective.settings.noisyOn }),
    guesses: createGuesses(await settings.shownRecords.read().catch(() => []), (records) => settings.shownRecords.write(records)),
    decisions: foldDecisions(events), events, learnedStore, learned: openCodersRecord(events, learnedStore, () => now.effective.settings.packKeys, undefined, () => now.effective.settings.seniorKeys),
  });
}

/** What the background holds once it is open. Rulebook, reader, decisions and settings are made anew while it stands. */
export type World = Awaited<ReturnType<typeof openWorld>> & { rulebook: Rulebook; rules: ReadonlyMap<RuleId, Rule>; sheetDay: string; reader: Reader; decisions: FoldedDecisions };

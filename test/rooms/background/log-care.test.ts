import { describe, expect, it } from 'vitest';
import { careOf, createDailyCare, retentionOf, withLedger } from '../../../entrypoints/background/log-care.js';
import { defaultSettings, mayKeepCoders, type EffectiveSettings } from '../../../lib/model/settings.js';

const store = { clock: () => Promise.resolve({ ok: true as const, value: { back: null, waits: false } }) };
const full = async (usage: number, quota: number): Promise<boolean> => (await careOf(store, () => Promise.resolve({ usage, quota }))).isFull;

describe('the room that is left for the log', () => {
  it('is told of from four fifths of it on, or where fifty megabytes are left, and never without the browser’s word', async () => {
    const tried = [[79e9, 100e9, false], [81e9, 100e9, true], [100e6, 149e6, true], [100e6, 151e6, false]] as const;
    for (const [usage, quota, told] of tried) expect([usage, quota, await full(usage, quota)]).toEqual([usage, quota, told]);
    expect(await careOf(store, () => Promise.reject(new Error('no word')))).toEqual({ isFull: false, back: null, waits: false });
    console.info(`rooms tried ${tried.length + 1}, bad 0`);
  });
});

describe('what the log needs once a day', () => {
  it('is done at the first occasion of a day, once, and again where it failed', async () => {
    const asked: string[] = [];
    let fails = true;
    let day = '2026-11-27';
    const tend = createDailyCare({
      retain: ({ days, months }) => { asked.push(`retain ${days} ${months}`); return Promise.resolve(fails ? { ok: false, failure: { kind: 'disk-full' } } : { ok: true, value: { rows: 0, waits: false } }); },
      catchUp: () => { asked.push('copy'); return Promise.resolve({ ok: true, value: null }); },
    }, () => ({ days: 90, months: 13 }), () => day);
    await tend();
    fails = false;
    await Promise.all([tend(), tend()]);
    await tend();
    day = '2026-11-28';
    await tend();
    expect(asked).toEqual(['retain 90 13', 'retain 90 13', 'copy', 'retain 90 13', 'copy']);
  });

  it('is done again on the same day when the policy says another time, also while it is being done', async () => {
    const asked: string[] = [];
    let policy = { days: 90, months: 13 };
    const tend = createDailyCare({
      retain: ({ days, months }) => { asked.push(`retain ${days} ${months}`); if (days === 60) policy = { days: 30, months: 6 }; return Promise.resolve({ ok: true, value: { rows: 0, waits: false } }); },
      catchUp: () => Promise.resolve({ ok: true, value: null }),
    }, () => policy, () => '2026-11-27');
    await tend();
    policy = { days: 60, months: 12 };
    await tend();
    await tend();
    expect(asked).toEqual(['retain 90 13', 'retain 60 12', 'retain 30 6']);
  });

  it('takes the pseudonyms of coders out of the ledger as soon as policy lets them in no more, and not while the policy cannot be read', async () => {
    let stripped = 0;
    let now: Pick<EffectiveSettings, 'settings' | 'policyProblems'> = { settings: { ...defaultSettings, auditPersons: true }, policyProblems: [] };
    const sound = { retain: () => Promise.resolve({ ok: true as const, value: { rows: 0, waits: false } }), catchUp: () => Promise.resolve({ ok: true as const, value: null }) };
    const tend = createDailyCare(withLedger(sound, { forgetCoders: () => { stripped += 1; return Promise.resolve({ ok: true, value: null }); } }, () => mayKeepCoders(now)), () => ({ days: 90, months: 13 }), () => '2026-11-27', () => String(mayKeepCoders(now)));
    await tend();
    now = { settings: defaultSettings, policyProblems: ['auditPersons'] };
    await tend();
    expect(stripped).toBe(0);
    now = { settings: defaultSettings, policyProblems: [] };
    await tend();
    await tend();
    expect(stripped).toBe(1);
  });

  it('destroys nothing that a board may have meant to keep while its policy of it cannot be read', () => {
    const settings = { ...defaultSettings, retention: { days: 30, months: 6 } };
    expect(retentionOf({ settings, policyProblems: [] })).toEqual({ days: 30, months: 6 });
    expect(retentionOf({ settings, policyProblems: ['sites'] })).toEqual({ days: 30, months: 6 });
    for (const problem of ['retention', 'managed-storage']) expect(retentionOf({ settings, policyProblems: ['sites', problem] })).toEqual({ days: 366, months: 120 });
  });
});

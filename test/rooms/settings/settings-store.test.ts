import { describe, expect, it } from 'vitest';
import managedSchema from '../../../assets/packaged/managed-schema.json';
import { checkAdapter } from '../../../lib/capture/adapters/check-adapter.js';
import type { ExceptionList } from '../../../lib/model/exception.js';
import { createSettings, type StorageAreas, type WritableArea } from '../../../lib/settings/index.js';
import type { AdapterDefinition } from '../../../lib/model/adapter.js';
import type { RuleId } from '../../../lib/model/rulebook.js';
import { defaultSettings, type EffectiveSettings, type Settings } from '../../../lib/model/settings.js';

type Listener = (changes: Record<string, unknown>, area: string) => void;

interface Computer extends StorageAreas {
  readonly kept: Record<string, unknown>;
  readonly listeners: Set<Listener>;
}

function computer(policy: Record<string, unknown> | Error = {}, kept: Record<string, unknown> = {}): Computer {
  const listeners = new Set<Listener>();
  const area = (name: string, held: Record<string, unknown>): WritableArea => ({
    get: () => Promise.resolve(structuredClone(held)),
    set: (items) => { Object.assign(held, structuredClone(items)); for (const listener of listeners) listener(items, name); return Promise.resolve(); },
  });
  return {
    kept, listeners,
    local: area('local', kept), session: area('session', {}),
    managed: { get: () => (policy instanceof Error ? Promise.reject(policy) : Promise.resolve(policy)) },
    onChanged: { addListener: (listener) => { listeners.add(listener); }, removeListener: (listener) => { listeners.delete(listener); } },
  };
}

const adapter: AdapterDefinition = {
  id: 'ward-portal', version: 2, name: 'Ward portal', matches: ['https://portal.example/*'],
  banner: { region: ['.banner'], identifier: [{ selector: '.nhs', from: 'text' }], name: [{ selector: '.name', from: { attribute: 'data-name' } }] },
  episode: { specialty: [{ selector: '.specialty', from: 'value' }] },
  notes: [{ region: '.note', kind: { attribute: 'data-kind', values: { letter: 'clinic-letter' } }, idAttribute: 'id' }],
  exclude: ['nav'],
};

describe('settings', () => {
  it('are the defaults until someone chooses', async () => {
    expect(await createSettings(computer(), checkAdapter).store.read()).toEqual({ settings: defaultSettings, managed: [], policyProblems: [] });
  });

  it('obey the board before the person and the person before the default', async () => {
    const on = computer({ locale: 'cy', sites: ['https://epr.example'] }, { settings: { locale: 'en-GB', density: 'comfortable', sites: ['https://own.example'] } });
    const { settings, managed } = await createSettings(on, checkAdapter).store.read();
    expect(settings).toEqual({ ...defaultSettings, locale: 'cy', sites: ['https://epr.example'], density: 'comfortable' });
    expect(managed).toEqual(['locale', 'sites']);
  });

  it('refuse a change to what the board has fixed, and keep nothing of it', async () => {
    const on = computer({ marks: true });
    const { store } = createSettings(on, checkAdapter);
    expect(await store.change({ density: 'comfortable', marks: false })).toEqual({ ok: false, failure: { kind: 'managed', key: 'marks' } });
    expect(on.kept).toEqual({});
  });

  it('let the board say that trainees guess first; a policy that cannot be read hides before it shows', async () => {
    const fixed = createSettings(computer({ guessFirst: false }, { settings: { guessFirst: true } }), checkAdapter).store;
    expect(await fixed.read()).toMatchObject({ settings: { guessFirst: false }, managed: ['guessFirst'], policyProblems: [] });
    expect(await fixed.change({ guessFirst: true })).toEqual({ ok: false, failure: { kind: 'managed', key: 'guessFirst' } });
    expect(await createSettings(computer({ guessFirst: 'no' }, { settings: { guessFirst: false } }), checkAdapter).store.read()).toMatchObject({ settings: { guessFirst: true }, policyProblems: ['guessFirst'] });
    expect(managedSchema.properties.guessFirst.type).toBe('boolean');
  });

  it('keep every one of many changes made at once', async () => {
    const on = computer();
    const { store } = createSettings(on, checkAdapter);
    const parts: Partial<Settings>[] = [{ locale: 'cy' }, { marks: false }, { sites: ['https://epr.example'] }, { noisyOn: ['BM012' as RuleId] }, { adapters: [adapter] }, { keys: { 'next-problem': 'F9' } }, { encoder: { dotted: false, layout: 'tabs', lineEnd: 'lf' } }];
    await Promise.all(parts.map((part) => store.change(part)));
    const { settings } = await createSettings(on, checkAdapter).store.read();
    expect(settings).toEqual(Object.assign({ ...defaultSettings }, ...parts));
  });

  it('say that a change was not saved when the disk or the value is at fault', async () => {
    const on = computer();
    on.local.set = () => Promise.reject(new Error('full'));
    expect(await createSettings(on, checkAdapter).store.change({ marks: false })).toEqual({ ok: false, failure: { kind: 'not-saved' } });
    const wrong: readonly unknown[] = [{ locale: 'fr' }, { sites: ['https://epr.example/ward'] }, { sites: ['javascript:alert(1)'] }, { noisyOn: ['all of them'] }, { adapters: [{ ...adapter, id: 'a9990000018' }] }, { adapters: [{ ...adapter, script: 'x' }] }, { surprise: 1 }];
    const answers = await Promise.all(wrong.map((part) => createSettings(computer(), checkAdapter).store.change(part as Partial<Settings>)));
    console.info(`wrong values tried ${answers.length}, kept ${answers.filter((answer) => answer.ok).length}`);
    expect(answers.filter((answer) => answer.ok)).toEqual([]);
  });

  it('fail closed on a policy that cannot be read, and name its parts', async () => {
    const person = { settings: { marks: true, sites: ['https://own.example'], noisyOn: ['BM012'], listUse: true, locale: 'cy' } };
    const cases: readonly [Record<string, unknown> | Error, readonly string[], Partial<Settings>][] = [
      [{ sites: 'https://epr.example' }, ['sites'], { sites: [], noisyOn: [], listUse: false, singleKeys: false, marks: true }],
      [{ site: ['https://epr.example'], marks: 'yes' }, ['marks', 'site'], { marks: false, noisyOn: [], listUse: false }],
      [{ locale: 'klingon', listUse: true }, ['locale'], { locale: 'cy', listUse: true, noisyOn: [] }],
      [{ density: 'compact' }, ['density'], { density: 'compact', noisyOn: [] }],
      [{ adapters: ['{not json'] }, ['adapters'], { adapters: [] }],
      [new Error('corrupt'), ['managed-storage'], { sites: [], adapters: [], marks: false, noisyOn: [] }],
    ];
    for (const [policy, problems, expected] of cases) {
      const read = await createSettings(computer(policy, structuredClone(person)), checkAdapter).store.read();
      expect(read.policyProblems).toEqual(problems);
      expect(read.settings).toMatchObject(expected);
    }
    console.info(`broken policies tried ${cases.length}, bad 0`);
  });

  it('let a board alone name its own coder, at an https origin and with a limit, and nobody else', async () => {
    const origin = 'https://coder.example.wales.nhs.uk';
    const read = async (managed: Record<string, unknown>, local: Record<string, unknown> = {}) => createSettings(computer(managed, local), checkAdapter).store.read();
    expect((await read({ boardCoder: { origin } })).settings.boardCoder).toEqual({ origin, seconds: 5 });
    expect((await read({ boardCoder: { origin, seconds: 30 } })).managed).toEqual(['boardCoder']);
    const wrong: readonly unknown[] = ['http://coder.example', `${origin}/`, `${origin}/v1`, `${origin}?x=1`, `${origin}#x`, 'https://user:word@coder.example', 'https://CODER.example', 'https://coder.example:443', ' https://coder.example', 'https:coder.example', '//coder.example', 'javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'ws://coder.example', 'blob:https://coder.example/1', 'https://', 'coder.example', '', 'https://coder.example\n', 'https://coder。example', 'https://coder.example\\@evil.example', null, 7, {}, []];
    for (const one of wrong) expect([one, (await read({ boardCoder: { origin: one } })).settings.boardCoder, (await read({ boardCoder: { origin: one } })).policyProblems]).toEqual([one, null, ['boardCoder']]);
    for (const seconds of [0, 31, 2.5, '5', null]) expect((await read({ boardCoder: { origin, seconds } })).settings.boardCoder).toBeNull();
    // A policy that is broken elsewhere turns it off, and a person's own word never turns it on.
    expect((await read({ boardCoder: { origin }, surprise: true })).settings.boardCoder).toBeNull();
    expect((await read({}, { settings: { boardCoder: { origin, seconds: 5 } } })).settings.boardCoder).toBeNull();
    const { store } = createSettings(computer({}), checkAdapter);
    expect(await store.change({ boardCoder: { origin, seconds: 5 } })).toMatchObject({ ok: false, failure: { kind: 'managed', key: 'boardCoder' } });
    expect(await store.change({ boardCoderSeen: origin })).toMatchObject({ ok: true, value: { settings: { boardCoder: null, boardCoderSeen: origin } } });
  });
  it('let a board alone name its FHIR server, by an https origin and a plain path, and nobody else', async () => {
    const origin = 'https://fhir.example.wales.nhs.uk';
    const read = async (managed: Record<string, unknown>, local: Record<string, unknown> = {}) => createSettings(computer(managed, local), checkAdapter).store.read();
    expect((await read({ fhirServer: { origin } })).settings.fhirServer).toEqual({ origin, path: '' });
    expect((await read({ fhirServer: { origin, path: '/fhir/R4' } })).settings.fhirServer).toEqual({ origin, path: '/fhir/R4' });
    const wrong: readonly unknown[] = [
      ...['http://fhir.example', `${origin}/`, `${origin}/fhir`, 'https://user:word@fhir.example', 'https://FHIR.example', 'https://fhir.example:443', '//fhir.example', 'javascript:alert(1)', '', null, 7].map((one) => ({ origin: one })),
      ...['/', 'fhir', '/fhir/', '/fhir//R4', '/..', '/fhir/../admin', '/./R4', '/fhir?x=1', '/fhir#x', '/%2e%2e/R4', '/fhir R4', '\\evil', '/@evil.example', '/fhir\n', 'x'.repeat(300), null, 7].map((path) => ({ origin, path })),
      { origin, path: '', token: 'secret' }, origin, [],
    ];
    for (const one of wrong) { const { settings, policyProblems } = await read({ fhirServer: one }); expect([one, settings.fhirServer, policyProblems]).toEqual([one, null, ['fhirServer']]); }
    // A policy that is broken elsewhere turns it off, and a person's own word never turns it on.
    expect((await read({ fhirServer: { origin }, surprise: true })).settings.fhirServer).toBeNull();
    expect((await read({}, { settings: { fhirServer: { origin, path: '' } } })).settings.fhirServer).toBeNull();
    const { store } = createSettings(computer({}), checkAdapter);
    expect(await store.change({ fhirServer: { origin, path: '' } })).toMatchObject({ ok: false, failure: { kind: 'managed', key: 'fhirServer' } });
    expect(await store.change({ fhirServerSeen: origin, sendingPaused: true })).toMatchObject({ ok: true, value: { settings: { fhirServer: null, fhirServerSeen: origin, sendingPaused: true } } });
    console.info(`addresses of a FHIR server tried ${wrong.length}, wrong ones taken 0`);
  });
  it('let a board fix the words of doubt over the person, and fall back to the UK where either cannot be read', async () => {
    const person = { settings: { doubt: { likely: 'codable' } } };
    const read = async (policy: Record<string, unknown>, own: Record<string, unknown> = person): Promise<EffectiveSettings> => createSettings(computer(policy, structuredClone(own)), checkAdapter).store.read();
    expect((await read({})).settings.doubt).toEqual({ likely: 'codable' });
    const fixed = await read({ doubt: { impression: 'codable' } });
    expect([fixed.settings.doubt, fixed.managed, fixed.policyProblems]).toEqual([{ impression: 'codable' }, ['doubt'], []]);
    for (const wrong of [{ likely: 'yes' }, { surely: 'codable' }, 'likely']) expect([(await read({ doubt: wrong })).settings.doubt, (await read({ doubt: wrong })).policyProblems]).toEqual([{}, ['doubt']]);
    expect((await read({}, { settings: { doubt: { likely: 1 } } })).settings.doubt).toEqual({});
    expect(await createSettings(computer({ doubt: {} }), checkAdapter).store.change({ doubt: { likely: 'codable' } })).toMatchObject({ ok: false, failure: { kind: 'managed', key: 'doubt' } });
  });

  it('let a board alone say whose packs are taken and how large the blind sample is, within its bounds', async () => {
    const read = async (managed: Record<string, unknown>, local: Record<string, unknown> = {}) => createSettings(computer(managed, local), checkAdapter).store.read();
    const [device, key] = ['0123456789abcdef', 'B'.repeat(87)];
    expect((await read({ packKeys: [device, key], seniorKeys: [device], blindShare: 0.05 })).settings).toMatchObject({ packKeys: [device, key], seniorKeys: [device], blindShare: 0.05 });
    expect((await read({})).settings).toMatchObject({ packKeys: null, seniorKeys: null, blindShare: 0.08 });
    const wrong: readonly Record<string, unknown>[] = [{ packKeys: ['Jane'] }, { packKeys: [device.toUpperCase()] }, { packKeys: key }, { packKeys: [`${key}=`] }, { packKeys: [7] }, { seniorKeys: ['Jane'] }, { seniorKeys: device }, { blindShare: 0 }, { blindShare: 0.11 }, { blindShare: '0.08' }];
    for (const one of wrong) expect([(await read(one)).policyProblems, (await read(one)).settings]).toMatchObject([Object.keys(one), { packKeys: [], seniorKeys: [], blindShare: 0.08 }]);
    // A person's own word counts for neither, and a policy that is broken elsewhere lets nobody in.
    expect((await read({}, { settings: { packKeys: [device], blindShare: 0.1 } })).settings).toMatchObject({ packKeys: null, blindShare: 0.08 });
    expect((await read({ surprise: true })).settings.packKeys).toEqual([]);
    for (const part of [{ packKeys: [device] }, { seniorKeys: [device] }, { blindShare: 0.1 }]) expect(await createSettings(computer({}), checkAdapter).store.change(part)).toMatchObject({ ok: false, failure: { kind: 'managed' } });
    console.info(`policies tried ${wrong.length + 4}, bad 0`);
  });

  it('let a board alone say whose sheet is in force, and nobody’s where that cannot be read', async () => {
    const read = async (managed: Record<string, unknown>, local: Record<string, unknown> = {}) => createSettings(computer(managed, local), checkAdapter).store.read();
    const device = '0123456789abcdef';
    expect((await read({ boardSheet: { keys: [device] } })).settings.boardSheet).toEqual({ keys: [device], edition: null, rollBack: false });
    expect((await read({ boardSheet: { edition: '{"kind":"nodi-sheet"}', rollBack: true } })).settings.boardSheet).toEqual({ keys: null, edition: '{"kind":"nodi-sheet"}', rollBack: true });
    const wrong: readonly unknown[] = [{}, { rollBack: true }, { keys: 'all' }, { keys: ['Jane'] }, { edition: 4 }, { edition: {} }, { keys: [device], rollBack: 'yes' }, { keys: [device], more: 1 }, 'x', []];
    for (const boardSheet of wrong) expect([(await read({ boardSheet })).policyProblems, (await read({ boardSheet })).settings.boardSheet]).toEqual([['boardSheet'], { keys: [], edition: null, rollBack: false }]);
    expect((await read({}, { settings: { boardSheet: { keys: [device], edition: null, rollBack: true } } })).settings.boardSheet).toBeNull();
    expect(await createSettings(computer({}), checkAdapter).store.change({ boardSheet: { keys: [device], edition: null, rollBack: false } })).toMatchObject({ ok: false, failure: { kind: 'managed', key: 'boardSheet' } });
    console.info(`policies of the sheet tried ${wrong.length + 3}, bad 0`);
  });

  it('let a board alone say how long the log is kept, rows never longer than counters', async () => {
    const read = async (managed: Record<string, unknown>, local: Record<string, unknown> = {}) => createSettings(computer(managed, local), checkAdapter).store.read();
    expect((await read({ retention: { days: 30, months: 25 } })).settings.retention).toEqual({ days: 30, months: 25 });
    const wrong = [{ days: 6, months: 13 }, { days: 90 }, { days: 90, months: 13, years: 1 }, { days: 90, months: 3 }, { days: 90.5, months: 13 }, 90, { days: '90', months: 13 }];
    for (const retention of wrong) expect(await read({ retention })).toMatchObject({ policyProblems: ['retention'], settings: { retention: { days: 90, months: 13 } } });
    expect((await read({}, { settings: { retention: { days: 366, months: 120 } } })).settings.retention).toEqual({ days: 90, months: 13 });
    expect(await createSettings(computer({}), checkAdapter).store.change({ retention: { days: 30, months: 13 } })).toMatchObject({ ok: false, failure: { kind: 'managed' } });
    console.info(`policies tried ${wrong.length + 3}, bad 0`);
  });

  it('take no policy for no policy, as Firefox says it', async () => {
    const read = await createSettings(computer(new Error('Managed storage manifest not found')), checkAdapter).store.read();
    expect(read).toEqual({ settings: defaultSettings, managed: [], policyProblems: [] });
  });

  it('take a list of exceptions whole or not at all, from a person and, as a text of JSON, from policy above them', async () => {
    const list: ExceptionList = { status: 'agreed', criteria: [{ id: 'young', field: 'age', operator: '<', value: 16, reason: { en: 'Under 16', cy: 'Dan 16 oed' }, order: 10, from: '2026-04-01', to: null, ask: true }] };
    const { store } = createSettings(computer(), checkAdapter);
    expect(await store.change({ depth: 'primary', exceptions: list })).toMatchObject({ ok: true, value: { settings: { depth: 'primary', exceptions: list } } });
    expect(await store.change({ exceptions: { ...list, criteria: [{ ...list.criteria[0], operator: 'in' }] } as ExceptionList })).toMatchObject({ ok: false });
    expect(await store.change({ exceptions: null })).toMatchObject({ ok: true, value: { settings: { exceptions: null } } });
    const managed = await createSettings(computer({ depth: 'primary', exceptions: JSON.stringify(list) }), checkAdapter).store.read();
    expect(managed).toMatchObject({ settings: { depth: 'primary', exceptions: list }, managed: ['depth', 'exceptions'], policyProblems: [] });
    // By a list that nobody could read nothing is coded less than in full.
    const broken = await createSettings(computer({ depth: 'primary', exceptions: '{"criteria":[' }), checkAdapter).store.read();
    expect(broken).toMatchObject({ settings: { depth: 'full', exceptions: null }, policyProblems: ['exceptions'] });
  });

  it('take an adapter from policy as a text of JSON, and offer the board what Nodi reads', async () => {
    const read = await createSettings(computer({ adapters: [JSON.stringify(adapter)] }), checkAdapter).store.read();
    expect(read.settings.adapters).toEqual([adapter]);
    expect(Object.keys(managedSchema.properties).sort()).toEqual(['adapters', 'auditPersons', 'auditTable', 'blindShare', 'boardCoder', 'boardSheet', 'depth', 'doubt', 'episodeKeySecret', 'exceptions', 'fhirServer', 'guessFirst', 'highCostDrugs', 'hospital', 'hospitals', 'interventions', 'listUse', 'locale', 'marks', 'noisyOn', 'opcs4Name', 'packKeys', 'profile', 'retention', 'seniorKeys', 'singleKeys', 'sites', 'teams']);
  });

  it('take hospitals and teams from policy only as the log can keep them, and teams from nobody else', async () => {
    const place = (id: string): Record<string, unknown> => ({ id, name: { en: 'Glan-y-Don', cy: 'Glan-y-Don' }, words: ['GYD'] });
    const read = async (policy: Record<string, unknown>): Promise<EffectiveSettings> => createSettings(computer(policy), checkAdapter).store.read();
    const good = await read({ hospitals: [place('glan-y-don'), place('ward-9')], hospital: 'ward-9', teams: [place('eye-one')] });
    expect(good).toMatchObject({ policyProblems: [], settings: { hospitals: [place('glan-y-don'), place('ward-9')], hospital: 'ward-9', teams: [place('eye-one')] } });
    const bad = ['G204417', 'unknown', 'a-1234', '9996331504', 'Glan y Don', ''];
    for (const id of bad) expect(await read({ hospitals: [place(id)], teams: [place('eye-one')] })).toMatchObject({ policyProblems: ['hospitals'], settings: { hospitals: [], teams: [place('eye-one')] } });
    expect((await read({ hospitals: [place('bryn'), place('bryn')] })).policyProblems).toEqual(['hospitals']);
    const own = createSettings(computer(), checkAdapter).store;
    await own.change({ hospitals: good.settings.hospitals, teams: good.settings.teams, faultMinutes: 3 });
    expect((await own.read()).settings).toMatchObject({ hospitals: good.settings.hospitals, teams: [], faultMinutes: 3 });
    console.info(`ids that the log cannot keep: tried ${bad.length}, taken 0`);
  });

  it('tell of changes until their signal ends, and leave no listener', async () => {
    const on = computer();
    const { store } = createSettings(on, checkAdapter);
    const ends = new AbortController();
    const heard: EffectiveSettings[] = [];
    const first = new Promise<void>((resolve) => { store.onChange((settings) => { heard.push(settings); resolve(); }, ends.signal); });
    await store.change({ locale: 'cy' });
    await first;
    ends.abort();
    await store.change({ locale: 'en-GB' });
    expect(heard.map(({ settings }) => settings.locale)).toEqual(['cy']);
    expect(on.listeners.size).toBe(0);
  });
});

describe('keys and sentinel', () => {
  it('make one secret per device and give it back for ever', async () => {
    const on = computer();
    const one = createSettings(on, checkAdapter);
    const [first, second] = await Promise.all([one.boardKey(), one.boardKey()]);
    expect(first).toHaveLength(32);
    expect(second).toEqual(first);
    expect(await createSettings(on, checkAdapter).boardKey()).toEqual(first);
    expect(await createSettings(computer(), checkAdapter).boardKey()).not.toEqual(first);
  });

  it('take the board’s secret, and none in its place when it cannot be read', async () => {
    expect(await createSettings(computer({ episodeKeySecret: 'AB'.repeat(32) }), checkAdapter).boardKey()).toEqual(new Uint8Array(32).fill(0xab));
    const on = computer({ episodeKeySecret: 'secret' });
    await expect(createSettings(on, checkAdapter).boardKey()).rejects.toThrow('episodeKeySecret');
    expect((await createSettings(on, checkAdapter).store.read()).policyProblems).toEqual(['episodeKeySecret']);
    expect(on.kept).toEqual({});
  });

  it('keep one salt for the browser session, outside the disk', async () => {
    const on = computer();
    const salt = await createSettings(on, checkAdapter).sessionSalt();
    expect(salt).toMatch(/^[0-9a-f]{64}$/);
    expect(await createSettings(on, checkAdapter).sessionSalt()).toBe(salt);
    expect(on.kept).toEqual({});
  });

  it('give the sentinel back as written, and do not take a spoiled one for none', async () => {
    const on = computer();
    const { sentinel } = createSettings(on, checkAdapter);
    expect(await sentinel.read()).toBeNull();
    const value = { epoch: 'e', sequence: 3, head: 'a'.repeat(64), schema: 2, from: 1 };
    await sentinel.write(value);
    expect(await sentinel.read()).toEqual(value);
    on.kept['log-sentinel'] = { sequence: 'three' };
    await expect(sentinel.read()).rejects.toThrow();
  });
});

import * as v from 'valibot';
import { fail, succeed } from '../base/result.js';
import type { SentinelStore, SettingsStore } from '../model/ports.js';
import type { ShownRecord } from '../model/guess.js';
import type { EffectiveSettings, Settings } from '../model/settings.js';
import { mergeSettings, readPolicy, settingKeys } from './policy.js';
import { readSetting, secretShape, type ReadAdapter } from './settings-shape.js';
import type { StorageAreas, WritableArea } from './storage-areas.js';

/** Names under which things rest in extension storage. */
const stored = { settings: 'settings', sentinel: 'log-sentinel', from: 'log-from', boardKey: 'board-key', sessionSalt: 'session-salt', shownRecords: 'shown-records' } as const;

/** Everything that rests in extension storage. */
export interface BrowserSettings {
  readonly store: SettingsStore;
  /** The log's witness, in another database than the log. */
  readonly sentinel: SentinelStore;
  /** 64 hex digits that live as long as the browser runs: two readings of one patient are one fingerprint, and tomorrow another. */
  readonly sessionSalt: () => Promise<string>;
  /** Records that a trainee may see the marks and codes of: fingerprints under that salt, in memory that outlives the worker and never on a disk. */
  readonly shownRecords: { readonly read: () => Promise<readonly ShownRecord[]>; readonly write: (records: readonly ShownRecord[]) => Promise<void> };
  /**
   * The 32 bytes under which episodes are hashed: the board's where policy sets them, else this device's own, made once.
   * Rejects when policy sets some that cannot be read, since events under another key would never meet the board's again,
   * and when the device cannot keep what it made.
   */
  readonly boardKey: () => Promise<Uint8Array>;
}

/** Settings, sentinel and keys over `browser.storage` (or a test's areas). Only the background makes keys. */
export function createSettings(areas: StorageAreas, readAdapter: ReadAdapter): BrowserSettings {
  const store = createSettingsStore(areas, readAdapter);
  const session = areas.session ?? memoryArea();
  const salt = kept(session, stored.sessionSalt);
  const own = kept(areas.local, stored.boardKey);
  return {
    store,
    sentinel: createSentinelStore(areas.local),
    sessionSalt: salt,
    shownRecords: {
      read: async () => {
        const read = v.safeParse(shownShape, (await session.get(stored.shownRecords))[stored.shownRecords]);
        return read.success ? read.output as readonly ShownRecord[] : [];
      },
      write: (records) => session.set({ [stored.shownRecords]: records }),
    },
    boardKey: async () => {
      const { secret } = await readPolicy(areas, readAdapter);
      if (secret === 'unreadable') throw new Error('The policy sets episodeKeySecret, and it is not 64 hex digits');
      return bytesOf(secret ?? await own());
    },
  };
}

/** What policy alone sets. */
const policyOnly: ReadonlySet<keyof Settings> = new Set(['boardCoder', 'fhirServer', 'blindShare', 'retention', 'packKeys', 'seniorKeys', 'boardSheet', 'auditPersons']);

/** Preferences with policy above them. Changes wait in one queue, so that two at once lose nothing. */
export function createSettingsStore(areas: StorageAreas, readAdapter: ReadAdapter): SettingsStore {
  let changes: Promise<unknown> = Promise.resolve();
  const chosen = async (): Promise<unknown> => (await areas.local.get(stored.settings))[stored.settings];
  const read = async (): Promise<EffectiveSettings> => {
    const [policy, person] = await Promise.all([readPolicy(areas, readAdapter), chosen().catch(() => undefined)]);
    return { ...mergeSettings(policy, person, readAdapter), policyProblems: policy.problems };
  };

  const change: SettingsStore['change'] = async (part) => {
    const before = await read();
    const keys = settingKeys.filter((key) => part[key] !== undefined);
    const fixed = keys.find((key) => before.managed.includes(key) || policyOnly.has(key));
    if (fixed !== undefined) return fail({ kind: 'managed', key: fixed });
    if (keys.length !== Object.keys(part).length || keys.some((key) => readSetting(key, part[key], readAdapter) === undefined)) return fail({ kind: 'not-saved' });
    try {
      const person = await chosen();
      const kept = typeof person === 'object' && person !== null ? person : {};
      await areas.local.set({ [stored.settings]: { ...kept, ...part } });
    } catch { return fail({ kind: 'not-saved' }); }
    return succeed(await read());
  };

  return {
    read,
    change: (part) => {
      const turn = changes.then(() => change(part));
      changes = turn.catch(() => undefined);
      return turn;
    },
    onChange: (listener, signal) => {
      if (signal.aborted) return;
      const heard = (changed: Record<string, unknown>, area: string): void => {
        if (area !== 'managed' && !(area === 'local' && stored.settings in changed)) return;
        void read().then((settings) => { if (!signal.aborted) listener(settings); });
      };
      areas.onChanged.addListener(heard);
      signal.addEventListener('abort', () => areas.onChanged.removeListener(heard), { once: true });
    },
  };
}

const shownShape = v.array(v.strictObject({ tab: v.number(), subject: v.pipe(v.string(), v.maxLength(128)), episode: v.pipe(v.string(), v.maxLength(128)) }));
const fromShape = v.pipe(v.number(), v.integer(), v.minValue(0));
const sentinelShape = v.strictObject({
  epoch: v.string(),
  sequence: v.pipe(v.number(), v.integer(), v.minValue(0)),
  head: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  schema: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/**
 * The sentinel in local storage. One that cannot be read as it was written rejects: to take it for none would let a
 * lost log begin anew in silence.
 */
export function createSentinelStore(local: WritableArea): SentinelStore {
  return {
    read: async () => {
      const { [stored.sentinel]: value, [stored.from]: from } = await local.get([stored.sentinel, stored.from]);
      return value === undefined ? null : { ...v.parse(sentinelShape, value), from: v.parse(v.optional(fromShape, 0), from) };
    },
    // Under a name of its own: a build of before retention reads the rest as it wrote it, and says that a newer one was here.
    write: ({ from, ...sentinel }) => local.set({ [stored.sentinel]: sentinel, [stored.from]: from }),
  };
}

/** A secret of 32 random bytes (64 hex digits), made at the first question and given back as it was kept. */
function kept(area: WritableArea, key: string): () => Promise<string> {
  let made: Promise<string> | null = null;
  const once = async (): Promise<string> => {
    const before = v.safeParse(secretShape, (await area.get(key))[key]);
    if (before.success) return before.output;
    await area.set({ [key]: hexOf(crypto.getRandomValues(new Uint8Array(32))) });
    return v.parse(secretShape, (await area.get(key))[key]);
  };
  return () => (made ??= once().catch((problem: unknown) => { made = null; throw problem; }));
}

/** Where the browser has no session area the worker's memory must do: the salt then changes when the worker sleeps, and the readers read again. */
function memoryArea(): WritableArea {
  const held = new Map<string, unknown>();
  return {
    get: () => Promise.resolve(Object.fromEntries(held)),
    set: (items) => { for (const [key, value] of Object.entries(items)) held.set(key, value); return Promise.resolve(); },
  };
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

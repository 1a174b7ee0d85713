import * as v from 'valibot';
import { defaultSettings, type Settings } from '../model/settings.js';
import { readSetting, secretShape, type ReadAdapter } from './settings-shape.js';
import type { StorageAreas } from './storage-areas.js';

/** Preferences that a health board may fix; the rest are a person's own. */
const manageable = ['locale', 'profile', 'marks', 'sites', 'adapters', 'noisyOn', 'listUse', 'guessFirst', 'singleKeys', 'doubt', 'highCostDrugs', 'depth', 'exceptions', 'boardCoder', 'fhirServer', 'blindShare', 'retention', 'packKeys', 'seniorKeys', 'boardSheet', 'opcs4Name', 'hospitals', 'hospital', 'teams', 'auditTable', 'auditPersons', 'interventions'] as const satisfies readonly (keyof Settings)[];

/** The policy as far as it could be read. */
export interface Policy {
  readonly fixed: Partial<Settings>;
  /** The board's secret, 64 hex digits; `unreadable` when one is set that is none, so that no other is taken in its place. */
  readonly secret: string | 'unreadable' | null;
  /** Names of what could not be read as written. */
  readonly problems: readonly string[];
}

/** What a part of a policy that cannot be read is fixed to: nothing allowed, nothing added. A language has no closed state and a profile protects nothing, so they stay the person's. */
const closed: Partial<Settings> = { marks: false, sites: [], adapters: [], noisyOn: [], listUse: false, guessFirst: true, singleKeys: false, doubt: {}, highCostDrugs: [], depth: 'full', exceptions: null, boardCoder: null, fhirServer: null, packKeys: [], seniorKeys: [], boardSheet: { keys: [], edition: null, rollBack: false }, hospitals: [], hospital: null, teams: [], interventions: [], auditTable: null, auditPersons: false };

/** What is optional is off while any part of the policy is unread: nobody knows what the board meant to forbid. */
const optionalOff: Partial<Settings> = { noisyOn: [], listUse: false, singleKeys: false, doubt: {}, highCostDrugs: [], depth: 'full', packKeys: [], seniorKeys: [], teams: [], auditPersons: false };

/** Reads the managed area. Fails closed: an unknown key or a wrong value is named, never passed over. */
export async function readPolicy(areas: Pick<StorageAreas, 'managed'>, readAdapter: ReadAdapter): Promise<Policy> {
  let written: Record<string, unknown>;
  try {
    written = (await areas.managed?.get(null)) ?? {};
  } catch (problem) {
    // Firefox rejects where no policy is installed at all; that is no policy, not a broken one.
    if (/not found/i.test(String(problem))) return { fixed: {}, secret: null, problems: [] };
    return { fixed: { ...closed }, secret: 'unreadable', problems: ['managed-storage'] };
  }
  const problems: string[] = [];
  const fixed: Record<string, unknown> = {};
  let secret: Policy['secret'] = null;
  for (const [key, value] of Object.entries(written)) {
    if (key === 'episodeKeySecret') {
      const read = v.safeParse(secretShape, value);
      secret = read.success ? read.output.toLowerCase() : 'unreadable';
      if (!read.success) problems.push(key);
      continue;
    }
    const name = manageable.find((one) => one === key);
    const read = name === undefined ? undefined : readSetting(name, value, readAdapter);
    if (read !== undefined) fixed[key] = read;
    else {
      problems.push(key);
      if (name !== undefined && name in closed) fixed[key] = closed[name];
    }
  }
  // By a list that nobody could read no episode may be coded less than in full.
  if (problems.includes('exceptions')) fixed['depth'] = 'full';
  // What sends is off while anything of the policy is unread, its own part being whole or not (trust/threats.md, T28).
  if (problems.length > 0) { delete fixed['boardCoder']; delete fixed['fhirServer']; }
  return { fixed: { ...(problems.length > 0 ? optionalOff : {}), ...fixed } as Partial<Settings>, secret, problems: problems.sort() };
}

/** Managed beats the person, the person beats the default, key by key. A stored choice that cannot be read is the default. */
export function mergeSettings(policy: Policy, chosen: unknown, readAdapter: ReadAdapter): { readonly settings: Settings; readonly managed: readonly (keyof Settings)[] } {
  const stored = typeof chosen === 'object' && chosen !== null ? chosen as Readonly<Record<string, unknown>> : {};
  const one = <Key extends keyof Settings>(key: Key): Settings[Key] => {
    const fixed = policy.fixed[key];
    // Null is a choice too: the list that ships.
    return fixed !== undefined ? fixed as Settings[Key] : readSetting(key, stored[key], readAdapter) ?? defaultSettings[key];
  };
  const settings: Settings = {
    locale: one('locale'), profile: one('profile'), profileAsked: one('profileAsked'), marks: one('marks'), sites: one('sites'), adapters: one('adapters'), noisyOn: one('noisyOn'),
    listUse: one('listUse'), guessFirst: one('guessFirst'), singleKeys: one('singleKeys'), density: one('density'), keys: one('keys'), doubt: one('doubt'), highCostDrugs: one('highCostDrugs'),
    depth: one('depth'), exceptions: one('exceptions'), encoder: one('encoder'), opcs4Name: one('opcs4Name'),
    // No person's choice: text, findings and queries go only where the board says.
    boardCoder: policy.fixed.boardCoder ?? null, boardCoderSeen: one('boardCoderSeen'),
    fhirServer: policy.fixed.fhirServer ?? null, fhirServerSeen: one('fhirServerSeen'), sendingPaused: one('sendingPaused'),
    // Nor whether anybody's team is logged.
    teams: policy.fixed.teams ?? [], hospitals: one('hospitals'), hospital: one('hospital'), faultMinutes: one('faultMinutes'), interventions: one('interventions'), rebases: one('rebases'),
    // Nor whether coders are told apart in audits.
    auditTable: one('auditTable'), auditActions: one('auditActions'), auditPersons: policy.fixed.auditPersons ?? false,
    // Nor how long the log is kept.
    retention: policy.fixed.retention ?? defaultSettings.retention,
    // Nor who is trusted where the board says, nor which episodes are coded without suggestions.
    blindShare: policy.fixed.blindShare ?? defaultSettings.blindShare, packKeys: policy.fixed.packKeys ?? null, seniorKeys: policy.fixed.seniorKeys ?? null,
    // Nor whose sheet it is.
    boardSheet: policy.fixed.boardSheet ?? null,
  };
  return { settings, managed: settingKeys.filter((key) => policy.fixed[key] !== undefined) };
}

export const settingKeys = Object.keys(defaultSettings) as readonly (keyof Settings)[];

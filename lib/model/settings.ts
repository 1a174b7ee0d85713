import type { AdapterDefinition } from './adapter.js';
import type { DoubtPolicy } from './assertion.js';
import type { CodingDepth } from './coded-episode.js';
import type { AuditAction } from './audit-action.js';
import type { AuditTable } from './audit.js';
import type { ExceptionList } from './exception.js';
import { defaultEncoderFormat, defaultOpcs4Name, type EncoderFormat } from './encoder.js';
import type { Hospital, SiteId, Team } from './fault.js';
import type { Locale } from './language.js';
import type { Profile } from './profile.js';
import type { NotedIntervention, RedrawnLimits } from './quality.js';
import type { RuleId } from './rulebook.js';
import type { BoardSheet } from './sheet.js';

/** How long things are kept: rows about documents in days, counters and decisions that are learned from in months, the present one included. */
export interface Retention {
  readonly days: number;
  readonly months: number;
}

/** What a person or a health board has chosen. Managed policy beats the person, the person beats the default. */
export interface Settings {
  readonly locale: Locale;
  /** Whose work the views and commands are arranged for. */
  readonly profile: Profile;
  /** Did this person say whose work it is, or leave it as it stands? Until then it is asked, quietly. */
  readonly profileAsked: boolean;
  /** Are marks painted in the note? One key turns all off or on. */
  readonly marks: boolean;
  /** Origins (`https://host`) on which the person allowed reading. */
  readonly sites: readonly string[];
  readonly adapters: readonly AdapterDefinition[];
  /** Noisy terms that someone turned on. */
  readonly noisyOn: readonly RuleId[];
  /** Verdicts listed in Problems at the start; `use` is painted and not listed. */
  readonly listUse: boolean;
  /** Doubting words that the department treats otherwise than the UK does (DGCS.2). */
  readonly doubt: DoubtPolicy;
  /** OPCS-4 codes of the drugs on the High Cost Drugs list that the department codes by (PCSX24); none ships, since the list changes with each edition. */
  readonly highCostDrugs: readonly string[];
  /** How far the department codes: in full, or the primary diagnosis and procedure only, with exceptions. */
  readonly depth: CodingDepth;
  /** The department's list of episodes that are coded in full all the same; null is the list that ships. */
  readonly exceptions: ExceptionList | null;
  /** The board's hospitals, for the log's site. */
  readonly hospitals: readonly Hospital[];
  /** The hospital that this person codes for now: the site of what is logged where the page names none. */
  readonly hospital: SiteId | null;
  /** Consultants' teams, where the board wants them in the log. Policy alone sets them; without them no team is ever logged. */
  readonly teams: readonly Team[];
  /** Minutes that a fault is taken to have cost this person unless they say otherwise. */
  readonly faultMinutes: number;
  /** Are marks and codes of a record hidden from a trainee until she has guessed? No other profile is affected. */
  readonly guessFirst: boolean;
  /** Do single letters act in a focused list? */
  readonly singleKeys: boolean;
  /** The board's own coder: its https origin and how long it may take, in seconds (1–30). Policy alone sets it, and only a package built for it can reach it. */
  readonly boardCoder: { readonly origin: string; readonly seconds: number } | null;
  /** Origin of a board's coder to which this person agreed to send, having seen what would leave. */
  readonly boardCoderSeen: string | null;
  /** The board's FHIR server that findings and queries are sent to: its https origin and the path of its base, without a slash at the end. Policy alone sets it, and only a package built for it can reach it. */
  readonly fhirServer: { readonly origin: string; readonly path: string } | null;
  /** Origin of a FHIR server to which this person agreed to send, having seen what would leave. */
  readonly fhirServerSeen: string | null;
  /** Did this person stop the sending for a while? */
  readonly sendingPaused: boolean;
  /** Share of episodes, 0.05–0.1, that are coded without suggestions once the record of their specialty is in use. Policy or the default: no person's choice, or an episode could be chosen. */
  readonly blindShare: number;
  /** How long the log keeps things. Policy or the default: no person's choice. */
  readonly retention: Retention;
  /** Public keys, or names of devices made of them, of the coders whose packs are taken; null where no policy says so and the person decides. */
  readonly packKeys: readonly string[] | null;
  /** Whose word makes proposed words a term: keys or device names of senior coders, as `packKeys`; null: each person's own. The board alone says so. */
  readonly seniorKeys: readonly string[] | null;
  /** The board's table of audit keys and reasons; null is the one that ships. */
  readonly auditTable: AuditTable | null;
  /** Recommendations of audits and how far they are. */
  readonly auditActions: readonly AuditAction[];
  /** May coders be told apart in audits, by pseudonyms? Policy alone says so. */
  readonly auditPersons: boolean;
  /** Whose sheet is in force. Policy alone says so; null: the department's own, or the one that ships. */
  readonly boardSheet: BoardSheet | null;
  /** What was done to make documents better: annotations of the charts. */
  readonly interventions: readonly NotedIntervention[];
  /** Charts whose limits a person drew anew. */
  readonly rebases: readonly RedrawnLimits[];
  readonly density: 'compact' | 'comfortable';
  /** Commands that were given another key. */
  readonly keys: Readonly<Record<string, string>>;
  /** How codes are copied for the encoder. */
  readonly encoder: EncoderFormat;
  /** By which name the receiving FHIR server knows OPCS-4. */
  readonly opcs4Name: string;
}

/** Settings as they are, and which of them a health board has fixed. */
export interface EffectiveSettings {
  readonly settings: Settings;
  readonly managed: readonly (keyof Settings)[];
  /** Set when a policy could not be read as written: the parts named were left out and everything optional is off. */
  readonly policyProblems: readonly string[];
}

/** May the ledger go on holding pseudonyms of coders? While nobody can read what the board wrote of it nothing is taken out that it may allow. */
export function mayKeepCoders({ settings, policyProblems }: Pick<EffectiveSettings, 'settings' | 'policyProblems'>): boolean {
  return settings.auditPersons || policyProblems.some((name) => name === 'auditPersons' || name === 'managed-storage');
}

/** The longest that a policy may say. */
export const longestRetention: Retention = { days: 366, months: 120 };

export const defaultSettings: Settings = {
  locale: 'en-GB', profile: 'coder', profileAsked: false, marks: true, sites: [], adapters: [], noisyOn: [], listUse: false, guessFirst: true, singleKeys: true, density: 'compact', keys: {}, interventions: [], rebases: [], auditTable: null, auditActions: [], auditPersons: false, doubt: {}, highCostDrugs: [], depth: 'full', exceptions: null, hospitals: [], hospital: null, teams: [], faultMinutes: 0, boardCoder: null, boardCoderSeen: null, fhirServer: null, fhirServerSeen: null, sendingPaused: false, blindShare: 0.08, retention: { days: 90, months: 13 }, packKeys: null, seniorKeys: null, boardSheet: null, encoder: defaultEncoderFormat, opcs4Name: defaultOpcs4Name,
};

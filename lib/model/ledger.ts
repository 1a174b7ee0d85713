import type { Brand } from '../base/brand.js';
import type { Month } from './month.js';

/** Whole days since 1970-01-01; 0 to 65534, so that a day is two bytes of a row at rest. */
export type Day = Brand<number, 'Day'>;

/** NHS Data Dictionary TREATMENT FUNCTION CODE as a number, 100 to 999; `unknownFunction` where a person chose to count an episode of no known specialty. */
export type TreatmentFunction = Brand<number, 'TreatmentFunction'>;
export const unknownFunction = 0 as TreatmentFunction;

export const ledgerFields = ['patient', 'spell', 'episode', 'specialty', 'admitted', 'discharged', 'ended', 'coded', 'depth', 'medium', 'status', 'reason', 'coder'] as const;
/** What a column of a PAS extract may hold. `patient`, `spell` and `episode` make the key and are kept nowhere. */
export type LedgerField = (typeof ledgerFields)[number];

/** Fields that hold days. */
export const dayFields = ['admitted', 'discharged', 'ended', 'coded'] as const satisfies readonly LedgerField[];
export type DayField = (typeof dayFields)[number];

export const dayOrders = ['iso', 'day-first', 'month-first'] as const;
/** How the extract writes days. `iso`: year first only; any other way is then ambiguous. */
export type DayOrder = (typeof dayOrders)[number];

/** Which column, by its head, holds what, and how its words are read: made once by a department, saved and shared as a file. */
export interface ColumnMapping {
  readonly columns: Readonly<Partial<Record<LedgerField, string>>>;
  /** Null: nobody has said it and the file does not show it; every day that can be read two ways is then refused. */
  readonly days: DayOrder | null;
  readonly unknownSpecialty: 'refuse' | 'count';
  /** The department's own names of specialties, folded, with their treatment function codes. */
  readonly specialties: Readonly<Record<string, number>>;
}

export const ledgerStatuses = ['uncoded', 'suspended', 'coded', 'audited'] as const;
export type LedgerStatus = (typeof ledgerStatuses)[number];

export const uncodedReasons = ['none-given', 'no-notes', 'no-summary', 'query', 'histology', 'system', 'backlog', 'other'] as const;
/** Why an episode is not coded (governance §5, to be checked with the department). */
export type UncodedReason = (typeof uncodedReasons)[number];

/** One finished consultant episode, with nothing that names anybody. */
export interface LedgerEpisode {
  readonly specialty: TreatmentFunction;
  readonly admitted: Day | null;
  readonly discharged: Day | null;
  /** End of the episode; the discharge where the extract has no end of its own. Its month is the episode's month. */
  readonly ended: Day;
  /** The day its primary diagnosis was recorded. */
  readonly coded: Day | null;
  readonly depth: 'full' | 'primary' | null;
  readonly medium: 'electronic' | 'paper' | null;
  readonly status: LedgerStatus;
  /** Null where it is coded. */
  readonly reason: UncodedReason | null;
}

/** What makes an episode's key, as the extract writes it: memory only, hashed at once. */
export interface EpisodeIdentity { readonly patient: string; readonly spell: string; readonly episode: string }

/** The coder as the extract writes it: memory only; hashed where policy allows coders in the ledger, else never read. */
export interface ReadEpisode { readonly identity: EpisodeIdentity; readonly episode: LedgerEpisode; readonly coder: string | null; readonly isReasonOther: boolean }

export const rowFaults = ['wrong-width', 'missing-id', 'bad-id', 'missing-end', 'bad-day', 'ambiguous-day', 'day-too-early', 'day-to-come', 'ended-before-admitted', 'ended-after-discharged', 'coded-before-end', 'coded-without-day', 'day-without-coded', 'unknown-specialty', 'unknown-word', 'twice', 'twice-and-different'] as const;
/** Why a row is refused. */
export type RowFault = (typeof rowFaults)[number];

/** A refused row: `line` of the file, from 1. */
export interface RefusedRow { readonly line: number; readonly why: RowFault; readonly field: LedgerField | null }

/** Why nothing of a file can be read with this mapping. */
export type ColumnFailure =
  | { readonly kind: 'no-column' | 'column-twice'; readonly field: LedgerField }
  | { readonly kind: 'not-a-mapping' };

/** What came of an episode that the ledger knew. */
export const rowChanges = ['coded', 'reopened', 'recoded', 'dates', 'specialty', 'other'] as const;
export type RowChange = (typeof rowChanges)[number];

/** What an extract did, or would do, to the ledger. */
export interface MergeTally {
  readonly fresh: number;
  readonly same: number;
  /** Newer words took the place of older ones, by what changed. */
  readonly changed: Readonly<Record<RowChange, number>>;
  /** Rows that were passed over, since the ledger has a later word on the episode. */
  readonly older: number;
  /** Episodes of the extract's months that the ledger has and the extract has not: they stay. */
  readonly absent: number;
}

/** Episodes of one month and specialty, as the ledger has them on its day. */
export interface MonthCount {
  readonly month: Month;
  readonly specialty: TreatmentFunction;
  readonly episodes: number;
  readonly coded: number;
  /** Coded by the last day of the next month. */
  readonly within: number;
  readonly primaryOnly: number;
  readonly electronic: number;
  readonly paper: number;
}

export const ageBands = [30, 60, 90, 180, 365] as const;
/** Band of the age of an uncoded episode in days since its end: place in `ageBands`, or 5 for older than a year. */
export type AgeBand = 0 | 1 | 2 | 3 | 4 | 5;

/** Uncoded episodes of one specialty, reason and age. */
export interface BacklogCount { readonly specialty: TreatmentFunction; readonly reason: UncodedReason; readonly band: AgeBand; readonly episodes: number }

/** Episodes coded in one calendar month, whatever month they ended in. */
export interface WorkCount { readonly month: Month; readonly full: number; readonly primary: number; /** Depth not told. */ readonly untold: number; /** Different coders, where the ledger keeps pseudonyms; else null. */ readonly coders: number | null }

/** Hours that a team worked in a month, and how many people they were: a person says it, the extract cannot. */
export interface TeamHours { readonly month: Month; readonly hours: number; readonly people: number }

/** All that the dashboard reads of a ledger at its opening: never a row. */
export interface LedgerCounts {
  /** The day (YYYY-MM-DD) that the data are of: the latest extract's. */
  readonly asOf: string;
  readonly episodes: number;
  readonly months: readonly MonthCount[];
  readonly backlog: readonly BacklogCount[];
  readonly work: readonly WorkCount[];
}

/** One month as it stood at its deadline; kept once it is known and never worked out again. */
export interface FrozenMonth {
  readonly month: Month;
  /** Day of the data that it was frozen on. */
  readonly asOf: string;
  readonly counts: readonly { readonly specialty: TreatmentFunction; readonly episodes: number; readonly within: number }[];
}

/** A named, dated plan: what share (0 to 100) shall be coded within one month, month by month. */
export interface Trajectory {
  readonly id: string;
  readonly name: string;
  /** The month that it was agreed in. */
  readonly agreed: Month;
  readonly months: Readonly<Record<string, number>>;
}

/** Episodes, and how many of them are coded. */
export interface CodedShare { readonly coded: number; readonly episodes: number; /** 0 to 100, or null where there is no episode. */ readonly percent: number | null }

/** One month of the committee's table. */
export interface CompletenessRow {
  readonly month: Month;
  /** Last day on which its episodes could be coded in time. */
  readonly deadline: string;
  /** Frozen at the deadline; null before it, and where the ledger has nothing of the month. */
  readonly within: CodedShare | null;
  /** On the day of the data; null before the deadline, when it would be compared with what it cannot have reached. */
  readonly current: CodedShare | null;
  /** What is coded so far, before the deadline. */
  readonly soFar: CodedShare | null;
  /** By trajectory, in their order. */
  readonly planned: readonly (number | null)[];
  /** Points above (or below) the newest trajectory. */
  readonly toNewest: number | null;
}

/** A financial year, April to March. */
export interface YearFigure {
  /** `2025/26`. */
  readonly year: string;
  readonly within: CodedShare;
  readonly current: CodedShare;
  /** Months of it whose deadline is past, of 12. */
  readonly frozen: number;
}

/** The next deadlines, seen from a day. */
export interface CutOff { readonly month: Month; readonly deadline: string; readonly days: number; readonly uncoded: number; readonly episodes: number }

/** Completeness of all specialties or of one. */
export interface CompletenessReport {
  readonly rows: readonly CompletenessRow[];
  readonly years: readonly YearFigure[];
  readonly cutOffs: readonly CutOff[];
  /** Months whose deadline is past and of which something is known. */
  readonly frozenMonths: number;
}

export const codingOrders = ['as-before', 'deadline-first', 'oldest-first'] as const;
/** Which episodes are coded first. `as-before`: as much of the work goes to episodes that are still in time as did in the last year of the ledger. */
export type CodingOrder = (typeof codingOrders)[number];

/** What a person holds to be true of the months to come. Shares are 0 to 1, rates episodes an hour, the rest in a month. */
export interface ForecastAssumptions {
  /** Episodes more (or fewer) that arrive with each month. */
  readonly growth: number;
  readonly coders: number;
  readonly hoursEach: number;
  readonly sickness: number;
  readonly rateFull: number;
  readonly ratePrimary: number;
  readonly primaryShare: number;
  readonly outsourced: number;
  /** Share of what arrives that auto-coding could take, and the share of its suggestions that was accepted when it was measured. */
  readonly autoShare: number;
  readonly autoAccepted: number;
  readonly order: CodingOrder;
}

/** A share to come, 0 to 100: the middle of all runs, and the range of 8 and of 19 in 20 of them. */
export interface ForecastMonth { readonly month: Month; readonly middle: number; readonly eighty: readonly [number, number]; readonly ninetyFive: readonly [number, number]; readonly backlog: number }

/** A forecast, or why there is none. */
export type Forecast =
  | { readonly kind: 'too-short'; readonly months: number; readonly least: number }
  | { readonly kind: 'forecast'; readonly months: readonly ForecastMonth[]; readonly runs: number; readonly history: number; readonly arrivals: number; readonly capacity: number };

/** A line of the backlog: episodes by age band, and all of them. */
export interface BacklogLine<Key> { readonly key: Key; readonly bands: readonly number[]; readonly episodes: number }

/** What is not coded on the day of the data, by age in three tables: whole, by specialty, by reason. */
export interface Backlog {
  readonly bands: readonly number[];
  readonly episodes: number;
  readonly bySpecialty: readonly BacklogLine<TreatmentFunction>[];
  readonly byReason: readonly BacklogLine<UncodedReason>[];
}

/** Episodes coded in an hour, by the team. `few`: fewer than five people, by either count; nothing of it is shown. */
export type TeamPace = { readonly kind: 'pace'; readonly month: Month; readonly perHour: number; readonly episodes: number; readonly hours: number; readonly people: number } | { readonly kind: 'few'; readonly month: Month } | { readonly kind: 'no-work'; readonly month: Month };

/** Limits of the chart of completeness that a person set anew; `specialty` null: of all of them. */
export interface RedrawnCompleteness { readonly specialty: TreatmentFunction | null; readonly from: Month }

/** Why a trajectory is not taken; `at` the month in question. */
export type TrajectoryFault = { readonly kind: 'no-name' | 'long-name' | 'no-date' | 'no-months' | 'too-many' | 'same-name' | 'identifier' } | { readonly kind: 'bad-share'; readonly at: string };

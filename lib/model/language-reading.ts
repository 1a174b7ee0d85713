import type { Assertion, DoubtTerm } from './assertion.js';
import type { SectionKind } from './mention.js';

/** Words that move one axis of an assertion (ConText's triggers), in one language, and how far they reach. */
export type CueSet = { [Axis in keyof Assertion]: {
  readonly axis: Axis;
  readonly value: Assertion[Axis];
  /** `forward`: the words come before the mention; `backward`: after it. */
  readonly direction: 'forward' | 'backward';
  readonly words: readonly string[];
  /** Most words between cue and mention; without it, to the end of the clause. */
  readonly reach?: number;
  /** May commas, and “and”, stand between? Without it: forward yes, backward no. */
  readonly list?: boolean;
  /** Only at the end of a clause: “glaucoma suspect.”, not “glaucoma suspect lesions”. */
  readonly final?: true;
  /** A spaced dash may stand between: “Allergy to penicillin – rash”. */
  readonly dash?: true;
  /** Past and over, also for a condition that else stays: “asthma as a child, resolved”. */
  readonly over?: true;
  /** Of the kind “history of”: without force where a length of time says that it goes on (“a 3-month history of”, “… for two years”). */
  readonly lasting?: true;
  /** What was still to come: without force in the reason for admission, where it is what the patient came for. */
  readonly coming?: true;
  /** A person: who speaks, brings or stands beside the patient is not the one who has the condition. */
  readonly person?: true;
  /** What something did not come from (“not thought to be due to”): without force where the patient is known to have it (“her”, “known”). */
  readonly cause?: true;
  /** The kind of doubt, where a department may choose its treatment. */
  readonly term?: DoubtTerm;
} }[keyof Assertion];

/** How a language heads its sections, denies, doubts, remembers, and ends the scope of such words. Plain data, one file a language. */
export interface LanguageReading {
  readonly language: 'en' | 'cy';
  /** Whole headings; `reason for *` and `* examination` are what a heading with other words begins or ends with. */
  readonly headings: { readonly [Kind in SectionKind]?: readonly string[] };
  /** Names of body systems: they head parts of an examination, or of the review, list or impression that they stand under. */
  readonly systems: readonly string[];
  /** Words that begin a letter's own telling, after a list and an empty line. */
  readonly openers: readonly string[];
  readonly cues: readonly CueSet[];
  /** Phrases that hold a cue's word and say nothing of the kind. */
  readonly pseudo: readonly string[];
  /** Words that end the scope of every cue, or of those of one value. */
  readonly stops: Readonly<Record<'all' | 'negated' | 'uncertain' | 'historical' | 'hypothetical' | 'family', readonly string[]>>;
  /**
   * How what may come of a treatment is told: `nouns` are sure to mean it, `ifTold` where a word of `tells` is before them or between them and their list, unless they `came`;
   * `unless`: of another kind (“vascular risks”); `begins` opens the list; `ends` turns back to the patient, but not before `stillTold` (“she has been”); `goesOn` begins a further sentence of it, or up to three words and one of `may`; `joins`: the line or sentence is not over.
   */
  readonly told: Readonly<Record<'nouns' | 'ifTold' | 'unless' | 'came' | 'begins' | 'tells' | 'ends' | 'stillTold' | 'goesOn' | 'may' | 'joins', readonly string[]>>;
  /** Words of which up to three may stand between a question mark and what it doubts: “?acute on chronic”. */
  readonly modifiers: readonly string[];
  /** Before a person: “by her mother”, “with his wife”. */
  readonly beside: readonly string[];
  /** Between the two: “by [her] mother”. */
  readonly possessives: readonly string[];
  /** Before what the patient is known to have: “her known epilepsy”. */
  readonly owned: readonly string[];
  /** After a mention and before a person: “in her father”. */
  readonly heldBy: readonly string[];
  /** Units of time, words for their number and for length, and words that make a date a beginning: “known since 2001”, “noticed three months ago”; `breaks`: small words that part a date from what stands before it; `named`: before a condition whose year is that of its naming (“diagnosed with CML in 2010”); `goesOn`: how something goes on (“improving”). */
  readonly time: { readonly units: readonly string[]; readonly amounts: readonly string[]; readonly lasting: readonly string[]; readonly since: readonly string[]; readonly breaks: readonly string[]; readonly named: readonly string[]; readonly goesOn: readonly string[] };
}

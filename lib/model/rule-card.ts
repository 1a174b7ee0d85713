import type { Bilingual, TranslationStatus } from './language.js';
import type { RuleId, RuleText, TermKind, Verdict } from './rulebook.js';

/** What a hover or an opened row says of a rule: guidance only, no patient text. */
export interface RuleCard {
  readonly rule: RuleId;
  readonly term: string;
  readonly kind: TermKind;
  readonly verdict: Verdict;
  readonly text: Bilingual<RuleText>;
  readonly translation: TranslationStatus;
  readonly source: Bilingual<string>;
}

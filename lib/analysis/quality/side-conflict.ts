import type { Span } from '../../base/span.js';
import type { ClinicalCode } from '../../model/code.js';
import { sideConflictRule, type Side, type SideConflict, type SidedPlace } from '../../model/diagnostic.js';
import type { ClinicalDocument } from '../../model/document.js';
import type { Mention, SectionKind } from '../../model/mention.js';

/** A document of one episode with what was found in it. */
export interface SidedDocument {
  readonly document: Pick<ClinicalDocument, 'id' | 'version' | 'kind' | 'date' | 'text'>;
  readonly mentions: readonly Mention[];
  /** The sentence or list item about an offset. */
  readonly sentence: (offset: number) => Span;
}

/** Words that name a side on their own. Capital letters alone count only as capitals. */
const sideWords: readonly (readonly [Side, RegExp])[] = [
  ['right', /(?<![\p{L}\p{N}])(?:[Rr]ight|RIGHT|[Rr]t|RE|OD|R|[Dd]de|(?<=llygad )de)(?![\p{L}\p{N}]|\/\d)/gu],
  ['left', /(?<![\p{L}\p{N}])(?:[Ll]eft|LEFT|[Ll]t|LE|OS|L|[Cc]hwith)(?![\p{L}\p{N}]|\/\d)/gu],
];
const bothSides = /(?<![\p{L}\p{N}])(?:bilateral(?:ly)?|both|each (?:eye|side)|either|BE|OU|dwyochrog|dau|ddau|dwy|ddwy)(?![\p{L}\p{N}])/iu;
/** The other of a pair, another time, or a comparison: whoever writes so does not mean the operation of this episode. */
const anotherTime = /(?<![\p{L}\p{N}])(?:(?:second|2nd|fellow|other|first|1st) (?:eye|side|knee|hip|hand|wrist|shoulder)|next|later|in due course|in future|then|afterwards|wait|already|previous(?:ly)?|prior|past|ago|since|last (?:year|month)|history|h\/o|s\/p|hx|had|has had|underwent .{0,20}\b(?:in|last)|yn flaenorol|blaenorol|llynedd|yn ôl|eisoes|ail lygad|llygad arall|yn ddiweddarach|nesaf|wedi cael|(?:19|20)\d\d)(?![\p{L}\p{N}])/iu;
/** Words before an operation that say that it is meant to be done. */
const meant = /(?<![\p{L}\p{N}])(?:awaiting|awaits|waiting|listed|list|booked|book|admitted|admission|admit|attended|attends|attending|came in|comes in|plan|planned|intended|proceed|consent(?:ed)?|due|TCI|go ahead|scheduled|referred|offered|happy to have|keen to have|would like|for|disgwyl|aros am|rhestr|rhestru|derbyn|ar gyfer|cydsynio|cynllun)(?![\p{L}\p{N}])/iu;
const implant = /pseudophak\w*|ffug-?phak\w*/giu;

/** What a side is of, directly after it. */
const part = /^ (?:eye|knee|hip|shoulder|elbow|wrist|hand|ankle|foot|side)\b/iu;

const awaited = /(?<![\p{L}\p{N}])(?:awaiting|awaits|waiting for|waiting list|listed for|booked for|disgwyl|aros am|ar restr aros)(?![\p{L}\p{N}])[^?.]{0,40}$/iu;

/** Most days before an operation at which a letter that plans it is taken to speak of it; and most days after it at which one tells of it. */
const daysBefore = 183;
const daysAfter = 14;

const where: ReadonlySet<SectionKind> = new Set(['diagnosis', 'preoperative', 'reason', 'operation']);

/** What an operation is done to, where a side is coded with it (PCSZ2): the lens as a whole, else the category with its site. */
function topicOf({ concept }: Mention): string | null {
  const [code] = concept.codes;
  if (concept.system !== 'OPCS-4') return null;
  if (/^C7[1-5]/.test(code)) return 'lens';
  if (!/^(?:C|W[3-9]|T62|T7|A6|A73|L67|L8|X375|D|B2)/.test(code) || /^C9/.test(code)) return null;
  return `${code.slice(0, 3)} ${concept.codes.filter((one) => /^Z/.test(one) && !/^Z94/.test(one)).join(' ')}`;
}

interface Claim extends SidedPlace {
  readonly at: SidedDocument;
  readonly topic: string;
  readonly codes: readonly ClinicalCode[];
  readonly kind: 'done' | 'meant' | 'past' | 'condition';
  /** The side with the words that it belongs to. */
  readonly whole: Span;
}

/** The one side that stands directly at a span: up to three words before it, inside it, or up to three words after it; null where none or both do. */
function sideAt(text: string, { start, end }: Span, { start: first, end: last }: Span): { readonly side: Side; readonly span: Span } | null {
  const before = /(?:[^\s.;:,()\t\n]+[ \-]{1,2}){0,3}$/u.exec(text.slice(Math.max(first, start - 40), start))?.[0] ?? '';
  const after = /^,?(?: ?[-–(] ?| )?(?:[^\s.;:,()\t\n]+[ )]?){0,4}/u.exec(text.slice(end, Math.min(last, end + 40)))?.[0] ?? '';
  const from = start - before.length;
  const near = text.slice(from, end + after.length);
  if (bothSides.test(near)) return null;
  const found = sideWords.flatMap(([side, pattern]) => [...near.matchAll(pattern)].map((match) => ({ side, span: { start: from + match.index, end: from + match.index + match[0].length } })));
  // What stands before the words is theirs; what follows may be the next item's.
  const own = found.filter(({ span }) => span.start < end);
  const some = own.length > 0 ? own : found;
  const [one] = some;
  return one && some.every(({ side }) => side === one.side) ? one : null;
}

/** Everything that a document says of the side of an operation, or of a cataract. */
function claimsOf(at: SidedDocument): readonly Claim[] {
  const { document: { id: document, version, kind, text }, mentions } = at;
  const claim = (span: Span, topic: string, codes: Claim['codes'], of: Claim['kind']): Claim[] => {
    const about = at.sentence(span.start);
    const found = sideAt(text, span, about);
    return found ? [{ document, version, span: found.span, side: found.side, at, topic, codes, kind: of, whole: { start: Math.min(found.span.start, span.start), end: Math.max(found.span.end + (part.exec(text.slice(found.span.end, found.span.end + 12))?.[0].length ?? 0), span.end) } }] : [];
  };
  const told = mentions.flatMap((mention): Claim[] => {
    const { span, assertion, section, concept } = mention;
    // Words of two lines are two things.
    if (assertion.subject !== 'patient' || assertion.polarity === 'negated' || /[\n\t]/.test(text.slice(span.start, span.end))) return [];
    const about = at.sentence(span.start);
    const sentence = text.slice(about.start, about.end);
    const topic = topicOf(mention);
    if (topic !== null) {
      if (assertion.temporality === 'historical' || section === 'history' || anotherTime.test(sentence)) return claim(span, topic, concept.codes, 'past');
      const before = text.slice(about.start, span.start);
      // What is awaited is no doubt about an operation; what may be done, or is asked about, is.
      if (assertion.certainty === 'uncertain' && !awaited.test(before)) return [];
      const isMeant = assertion.temporality === 'hypothetical' || section === 'plan' || section === 'consent' || kind === 'pre-assessment' || (kind !== 'operation-note' && meant.test(before)) || awaited.test(before);
      return claim(span, topic, concept.codes, isMeant ? 'meant' : 'done');
    }
    const isCataract = concept.system === 'ICD-10' && /^(?:H2[56]|H280)/.test(concept.codes[0]);
    if (!isCataract || assertion.temporality !== 'current' || assertion.certainty === 'uncertain' || !where.has(section) || anotherTime.test(sentence)) return [];
    return claim(span, 'lens', [], 'condition');
  });
  // A lens that stands in an eye was put there before.
  const implants = [...text.matchAll(implant)].flatMap((match) => claim({ start: match.index, end: match.index + match[0].length }, 'lens', [], 'past'));
  return [...told, ...implants];
}

/** Whole days from one ISO date to another; null where one is not known. */
function daysBetween(from: string | null, to: string | null): number | null {
  const [a, b] = [from, to].map((date) => (date !== null && /^\d{4}-\d{2}-\d{2}/.test(date) ? Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) : null));
  return a === null || b === null || a === undefined || b === undefined ? null : Math.round((b - a) / 86_400_000);
}

const tellsWhatWasDone = ({ at, whole }: Claim): boolean =>
  at.document.kind === 'operation-note' || at.mentions.some(({ span, section }) => section === 'operation' && span.start < whole.end && whole.start < span.end);

/** Does a claim speak of the operation that the anchor tells of, and put it on the other side? */
function contradicts(other: Claim, anchor: Claim, all: readonly Claim[]): boolean {
  if (other === anchor || other.topic !== anchor.topic || other.side === anchor.side) return false;
  const isSame = other.document === anchor.document;
  const own = all.filter((one) => one.document === other.document && one.topic === other.topic);
  const days = daysBetween(other.at.document.date, anchor.at.document.date);
  switch (other.kind) {
    case 'past': return false;
    // A letter that plans both sides plans two operations.
    case 'meant': return !own.some((one) => one.kind === 'meant' && one.side === anchor.side) && (isSame || days === null || (days >= 0 && days <= daysBefore));
    case 'done':
      // Both joints may be treated at one sitting; an eye has its own note.
      if (isSame) return anchor.topic === 'lens' && !bothSides.test(anchor.at.document.text);
      if (other.at.document.kind === 'operation-note') return false;
      return !own.some((one) => one.kind === 'done' && one.side === anchor.side) && (days === null ? other.at.document.kind === 'discharge-letter' : days <= 0 && days >= -daysAfter);
    // The other eye may have a cataract too: only a note of the operation that names no other side contradicts it.
    case 'condition': return anchor.topic === 'lens' && (isSame ? !own.some((one) => one.kind === 'condition' && one.side === anchor.side)
      : other.at.document.kind === 'discharge-letter' && (days === null || Math.abs(days) <= daysAfter) && !own.some((one) => one.side === anchor.side));
  }
}

/**
 * Operations of an episode that its documents put on different sides (PCSZ2: the side is coded once, and must be the documented one).
 * Silent wherever the other side may be another operation: an earlier one, the second eye, both sides at one sitting, a letter of more than half a year before.
 */
export function findSideConflicts(documents: readonly SidedDocument[]): readonly SideConflict[] {
  const claims = documents.flatMap(claimsOf);
  const found: SideConflict[] = [];
  const seen = new Set<string>();
  for (const anchor of claims) {
    const name = `${anchor.document} ${anchor.topic}`;
    if (anchor.kind !== 'done' || !tellsWhatWasDone(anchor) || seen.has(name)) continue;
    seen.add(name);
    const places = claims.filter((other) => contradicts(other, anchor, claims))
      // The eye that was done before is not the one that was meant then.
      .filter((other) => !claims.some((one) => one.kind === 'past' && one.topic === other.topic && one.side === other.side))
      // Two notes of two operations, one for each side: each letter has its own.
      .filter((other) => !claims.some((one) => one !== other && one.kind === 'done' && one.document !== anchor.document && one.document !== other.document && one.topic === other.topic && one.side === other.side && one.at.document.kind === 'operation-note'));
    const unique = [...new Map(places.map((one) => [`${one.document} ${one.whole.start}`, one])).values()];
    const [one, ...more] = unique.map(({ document, version, side, whole }): SidedPlace => ({ document, version, side, span: whole }));
    if (one) found.push({ rule: sideConflictRule, severity: 'conflict', kind: 'phrase', document: anchor.document, version: anchor.version, span: anchor.span, side: anchor.side, codes: anchor.codes, related: [one, ...more] });
  }
  return found;
}

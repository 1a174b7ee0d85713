import type { BoardSuggestion } from '../model/auto-coder.js';
import type { ClinicalCode } from '../model/code.js';
import type { EditionsOfDay } from '../model/codebook.js';
import type { EvidenceMark, SideConflict, SideMark, SidedPlace } from '../model/diagnostic.js';
import type { ClinicalDocument } from '../model/document.js';
import type { Label } from '../model/language.js';
import type { BoardRow, CodingView, Quote } from '../model/review.js';
import type { RecordSnapshot } from '../model/snapshot.js';
import type { Coding, Evidence, Suggestion } from '../model/suggestion.js';

/** A document with the frame that it came from. */
export interface PlacedDocument { readonly document: ClinicalDocument; readonly snapshot: RecordSnapshot }

/** Most quotes that one suggestion shows: the strongest words come first. */
const mostQuotes = 4;

/** The title of an OPCS-4 code in its edition, or null. */
export type TitleOf = (code: ClinicalCode) => string | null;

/** What a code is called: where several codes of one unit were found under one label, the title of each, as far as its edition has one. */
function named(one: Suggestion, all: readonly Suggestion[], titleOf: TitleOf): Label {
  const isShared = one.system === 'OPCS-4' && all.some((other) => other !== one && other.group === one.group && other.label.en === one.label.en);
  const title = isShared ? titleOf(one.code) : null;
  return title === null ? one.label : { en: title };
}

const quoteIn = (documents: readonly PlacedDocument[]) => ({ document: id, version, span }: Evidence): Quote | null => {
  const at = documents.find(({ document }) => document.id === id && document.version === version);
  return at ? { key: at.snapshot.key, document: id, version, span, words: at.document.text.slice(span.start, span.end) } : null;
};

/** What the board's own coder proposes, with its words as they stand in the notes on screen; what has none there is left out. */
export function viewBoard(suggestions: readonly BoardSuggestion[], documents: readonly PlacedDocument[], labelOf: (one: BoardSuggestion) => Label | null): readonly BoardRow[] {
  const quoteOf = quoteIn(documents);
  return suggestions.flatMap((suggestion) => {
    const quotes = suggestion.evidence.flatMap((one) => quoteOf(one) ?? []);
    return quotes.length === 0 ? [] : [{ suggestion, label: labelOf(suggestion), quotes: quotes.slice(0, mostQuotes) }];
  });
}

/** The engine's answer with the words that prove it. What speaks of a document that is not on screen, or of another version of it, is left out. */
export function viewCoding(coding: Coding, editions: EditionsOfDay, documents: readonly PlacedDocument[], titleOf: TitleOf): CodingView {
  const quoteOf = quoteIn(documents);
  return {
    suggestions: coding.suggestions.filter((one) => one.shown).flatMap((suggestion) => {
      const quotes = suggestion.evidence.map(quoteOf).flatMap((quote) => quote ?? []);
      return quotes.length === 0 ? [] : [{ suggestion: { ...suggestion, label: named(suggestion, coding.suggestions, titleOf) }, quotes: quotes.slice(0, mostQuotes) }];
    }),
    rejected: coding.rejected.map((rejection) => ({ rejection, quote: quoteOf(rejection.evidence) })),
    abstentions: coding.abstentions,
    editions,
  };
}

/** The marks of one frame's notes: each place once, with every code that it proves. */
export function evidenceIn(coding: Coding, snapshot: RecordSnapshot, titleOf: TitleOf): readonly EvidenceMark[] {
  const places = new Map<string, { readonly evidence: Evidence; readonly codes: EvidenceMark['codes'][number][] }>();
  const versions = new Map(snapshot.documents.map((document) => [document.id, document.version]));
  for (const suggestion of coding.suggestions) {
    const { shown, evidence, code } = suggestion;
    if (!shown) continue;
    const label = named(suggestion, coding.suggestions, titleOf);
    for (const one of evidence) {
      if (versions.get(one.document) !== one.version) continue;
      const name = `${one.document} ${one.span.start} ${one.span.end}`;
      const held = places.get(name);
      if (held) held.codes.push({ code, label }); else places.set(name, { evidence: one, codes: [{ code, label }] });
    }
  }
  return [...places.values()].map(({ evidence: { document, version, span }, codes }) => ({ severity: 'codable', document, version, span, codes }));
}

/** The places of contradictions that stand in one frame's notes. */
export function conflictsIn(conflicts: readonly SideConflict[], snapshot: RecordSnapshot): readonly SideMark[] {
  const versions = new Map(snapshot.documents.map((document) => [document.id, document.version]));
  const places = conflicts.flatMap((conflict): readonly SidedPlace[] => [conflict, ...conflict.related]);
  return [...new Map(places.map((one) => [`${one.document} ${one.span.start} ${one.span.end}`, one])).values()]
    .filter(({ document, version }) => versions.get(document) === version)
    .map(({ document, version, span, side }) => ({ severity: 'conflict', document, version, span, side }));
}

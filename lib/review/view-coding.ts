import type { EditionsOfDay } from '../model/codebook.js';
import type { EvidenceMark } from '../model/diagnostic.js';
import type { ClinicalDocument } from '../model/document.js';
import type { CodingView, Quote } from '../model/review.js';
import type { RecordSnapshot } from '../model/snapshot.js';
import type { Coding, Evidence } from '../model/suggestion.js';

/** A document with the frame that it came from. */
export interface PlacedDocument { readonly document: ClinicalDocument; readonly snapshot: RecordSnapshot }

/** Most quotes that one suggestion shows: the strongest words come first. */
const mostQuotes = 4;

/** The engine's answer with the words that prove it. What speaks of a document that is not on screen, or of another version of it, is left out. */
export function viewCoding(coding: Coding, editions: EditionsOfDay, documents: readonly PlacedDocument[]): CodingView {
  const quoteOf = ({ document: id, version, span }: Evidence): Quote | null => {
    const at = documents.find(({ document }) => document.id === id && document.version === version);
    return at ? { key: at.snapshot.key, document: id, version, span, words: at.document.text.slice(span.start, span.end) } : null;
  };
  return {
    suggestions: coding.suggestions.filter((one) => one.shown).flatMap((suggestion) => {
      const quotes = suggestion.evidence.map(quoteOf).flatMap((quote) => quote ?? []);
      return quotes.length === 0 ? [] : [{ suggestion, quotes: quotes.slice(0, mostQuotes) }];
    }),
    rejected: coding.rejected.map((rejection) => ({ rejection, quote: quoteOf(rejection.evidence) })),
    abstentions: coding.abstentions,
    editions,
  };
}

/** The marks of one frame's notes: each place once, with every code that it proves. */
export function evidenceIn(coding: Coding, snapshot: RecordSnapshot): readonly EvidenceMark[] {
  const places = new Map<string, { readonly evidence: Evidence; readonly codes: EvidenceMark['codes'][number][] }>();
  const versions = new Map(snapshot.documents.map((document) => [document.id, document.version]));
  for (const { shown, evidence, code, label } of coding.suggestions) {
    if (!shown) continue;
    for (const one of evidence) {
      if (versions.get(one.document) !== one.version) continue;
      const name = `${one.document} ${one.span.start} ${one.span.end}`;
      const held = places.get(name);
      if (held) held.codes.push({ code, label }); else places.set(name, { evidence: one, codes: [{ code, label }] });
    }
  }
  return [...places.values()].map(({ evidence: { document, version, span }, codes }) => ({ severity: 'codable', document, version, span, codes }));
}

import { lexiconWords, readings } from '../../assets/starter.js';
import { compileLexicon, createAsserter, findMentions, findSideConflicts, joinMentions, openLexicon, readText, type Lexicon, type ReadText, type SidedDocument } from '../../lib/analysis/index.js';
import { codeOnDay, listFacts, placeMention, type PlacedMention } from '../../lib/coding/index.js';
import type { ClinicalCode, CodeSystem } from '../../lib/model/code.js';
import type { DoubtPolicy } from '../../lib/model/assertion.js';
import type { CodesOfDay } from '../../lib/model/codebook.js';
import type { LexiconEntry } from '../../lib/model/lexicon.js';
import type { SideConflict } from '../../lib/model/diagnostic.js';
import type { ClinicalDocument } from '../../lib/model/document.js';
import type { SpecialtyId } from '../../lib/model/episode.js';
import type { Coding } from '../../lib/model/suggestion.js';

/** Codes whole episodes; what was read of a document is kept as long as the document is. */
export interface EpisodeCoder {
  /** Takes the department's treatment of doubting words; what was read before is read again when it is next asked for. */
  readonly treat: (doubt: DoubtPolicy) => void;
  /** Takes the words that people approved as terms, beside the lists that ship. True where they are others than before: then everything is read again when it is next asked for. */
  readonly adopt: (approved: readonly LexiconEntry[]) => boolean;
  /** Do the lists that ship give this code for these words, or for some of them? */
  readonly knows: (phrase: string, system: CodeSystem, code: ClinicalCode) => boolean;
  /** A document's structure and cues, for asking how some of its words are meant. */
  readonly read: (document: ClinicalDocument) => ReadText;
  readonly code: (documents: readonly ClinicalDocument[], specialty: SpecialtyId | 'unknown', codes: CodesOfDay, highCostDrugs: readonly string[]) => Coding;
  /** Sides that the documents of the episode contradict each other in. */
  readonly conflicts: (documents: readonly ClinicalDocument[], specialty: SpecialtyId | 'unknown') => readonly SideConflict[];
}

/** What ships: the compiled lexicon, and the list of ICD-10 codes as text. */
export interface PackagedLists {
  readonly lexicon: ArrayBuffer;
  readonly icd10: string;
}

/** Opens the lists that ship. */
export function openEpisodeCoder({ lexicon: compiled, icd10 }: PackagedLists, doubt: DoubtPolicy): EpisodeCoder {
  let asserter = createAsserter(readings, doubt);
  const lexicon = openLexicon(compiled);
  let approved: Lexicon | null = null;
  let adopted = '[]';
  const facts = listFacts(icd10);
  let known = new WeakMap<ClinicalDocument, { readonly specialty: string; readonly mentions: readonly PlacedMention[]; readonly sided: SidedDocument }>();
  const knownOf = (document: ClinicalDocument, specialty: SpecialtyId | 'unknown') => {
    const before = known.get(document);
    if (before?.specialty === specialty) return before;
    const read = readText(asserter, document.text);
    const within = (list: Lexicon): ReturnType<typeof findMentions> => findMentions(list, read, specialty === 'unknown' ? null : specialty);
    const found = approved ? joinMentions(within(lexicon), within(approved)) : within(lexicon);
    const mentions = found.map((mention) => placeMention(mention, document, read.sentence(mention.span.start)));
    const now = { specialty, mentions, sided: { document, mentions: found, sentence: read.sentence } };
    known.set(document, now);
    return now;
  };
  return {
    read: (document) => readText(asserter, document.text),
    treat(other) { asserter = createAsserter(readings, other); known = new WeakMap(); },
    adopt(entries) {
      const now = JSON.stringify(entries);
      if (now === adopted) return false;
      adopted = now;
      approved = entries.length === 0 ? null : openLexicon(compileLexicon(entries, lexiconWords));
      known = new WeakMap();
      return true;
    },
    knows: (phrase, system, code) => findMentions(lexicon, readText(asserter, phrase), null).some(({ concept }) => concept.system === system && concept.codes.includes(code)),
    code: (documents, specialty, codes, highCostDrugs) => codeOnDay({
      highCostDrugs: new Set(highCostDrugs),
      mentions: documents.flatMap((document) => knownOf(document, specialty).mentions), texts: documents.map(({ text }) => text), specialty: specialty === 'unknown' ? null : specialty, depth: 'full',
      ...facts,
    }, codes),
    conflicts: (documents, specialty) => findSideConflicts(documents.map((document) => knownOf(document, specialty).sided)),
  };
}

/** Joins the rooms of reading and coding for Node: the batch reader and the evaluation. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lexiconWords, readings, specialtyPacks } from '../../assets/starter.js';
import { compileLexicon, createAsserter, findMentions, openLexicon, placedWords, readText, type Asserter, type Lexicon, type ReadText } from '../../lib/analysis/index.js';
import { createCodeShelf, newest, shippedLists, type CodeShelf } from '../../lib/codebook/index.js';
import { codeOnDay, isLongTermCode, lexiconEntries, listFacts, placeMention, type EpisodeQuestion, type ShippedCodes } from '../../lib/coding/index.js';
import { caseReading, listedWords } from '../../lib/learning/index.js';
import { plainly, type DoubtPolicy } from '../../lib/model/assertion.js';
import type { CodesOfDay } from '../../lib/model/codebook.js';
import type { DocumentId } from '../../lib/model/document.js';
import type { CaseReading } from '../../lib/model/learning.js';
import type { Mention } from '../../lib/model/mention.js';
import type { Coding } from '../../lib/model/suggestion.js';

const assets = resolve(import.meta.dirname, '../../assets');
const textOf = (name: string): string => readFileSync(join(assets, 'codes', name), 'utf8');

/** What the rules are asked, without the editions of a day. */
export type Question = Omit<EpisodeQuestion, 'entry'>;

/** The lists that ship, as files of the source. */
export function shippedCodes(): ShippedCodes {
  return { icd10: textOf('icd10.tsv'), opcs4: textOf('opcs4.tsv'), index: textOf('icd10-index.tsv'), synonyms: textOf('icd10-synonyms.tsv') };
}

/** The lexicon that the package holds: `npm run build` writes it beside the extension's scripts. */
export function packagedLexicon(): ArrayBuffer {
  return compileLexicon(lexiconEntries(specialtyPacks, shippedCodes()), lexiconWords);
}

/** Everything that is made once. */
export interface Coder {
  readonly asserter: Asserter;
  readonly lexicon: Lexicon;
  /** The editions that ship. */
  readonly shelf: CodeShelf;
  /** By the editions of `codes`; of the newest ones where none are given. */
  readonly code: (text: string, specialty: string | null, depth?: 'full' | 'primary', codes?: CodesOfDay) => { readonly read: ReadText; readonly mentions: readonly Mention[]; readonly coding: Coding };
  /** What the rules are asked of a note that has been read, so that they may be asked again without one of them. */
  readonly ask: (text: string, specialty: string | null) => Question;
  readonly again: (question: Question, codes?: CodesOfDay) => Coding;
  /** A text as learning sees it. */
  readonly learn: (text: string, specialty: string | null) => CaseReading;
  /** Every word of the shipped lists, as learning remembers words. */
  readonly clinicalWords: () => ReadonlySet<string>;
  /** Is a condition of this name one that stays? */
  readonly isLongTerm: (words: string, specialty: string | null) => boolean;
}

/** Layers that the evaluation takes away, one at a time. */
export interface Layers {
  readonly packs?: boolean;
  readonly index?: boolean;
  readonly assertion?: boolean;
  /** A department's own treatment of doubting words; the UK's without it. */
  readonly doubt?: DoubtPolicy;
}

/** Opens the coder with the lists that ship. */
export function openCoder({ packs = true, index = true, assertion = true, doubt = {} }: Layers = {}): Coder {
  const shipped = shippedCodes();
  const asserter = createAsserter(readings, doubt);
  const entries = lexiconEntries(packs ? specialtyPacks : [], index ? shipped : { ...shipped, index: '', synonyms: '', opcs4: '' });
  const lexicon = openLexicon(compileLexicon(entries, lexiconWords));
  const facts = listFacts(shipped.icd10);
  const only = 'note' as DocumentId;
  const shelf = createCodeShelf(shippedLists(shipped));
  const latest = shelf.on(newest);
  const ask = (text: string, specialty: string | null, depth: 'full' | 'primary') => {
    const read = readText(asserter, text);
    const found = findMentions(lexicon, read, specialty);
    const mentions = assertion ? found : found.map((mention) => ({ ...mention, assertion: plainly }));
    const placed = mentions.map((mention) => placeMention(mention, { id: only, version: 1, text }, read.sentence(mention.span.start)));
    const question: Question = { mentions: placed, texts: [text], specialty, depth, ...facts };
    return { read, mentions, question };
  };
  const coder: Coder = {
    asserter, lexicon, shelf,
    ask: (text, specialty) => ask(text, specialty, 'full').question,
    again: (question, codes = latest) => codeOnDay(question, codes),
    learn(text, specialty) {
      const { read, coding } = coder.code(text, specialty);
      return caseReading({ words: placedWords(text), sentence: read.sentence, assert: (span) => read.assert(span, false).assertion, coding }, specialty);
    },
    clinicalWords: () => listedWords(entries.flatMap(({ terms }) => terms.flatMap((term) => placedWords(term).map(({ folded }) => folded)))),
    code(text, specialty, depth = 'full', codes = latest) {
      const { read, mentions, question } = ask(text, specialty, depth);
      return { read, mentions, coding: codeOnDay(question, codes) };
    },
    isLongTerm(words, specialty) {
      const [found] = findMentions(lexicon, readText(asserter, words), specialty);
      return found !== undefined && found.concept.system === 'ICD-10' && found.span.end - found.span.start >= words.length * 0.6 && isLongTermCode(found.concept.codes[0]);
    },
  };
  return coder;
}

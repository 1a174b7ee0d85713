/** The worker that a training runs in: the only place that holds the text of a board's episodes, for as long as it runs. */
import icd10 from '../../assets/codes/icd10.tsv?raw';
import index from '../../assets/codes/icd10-index.tsv?raw';
import synonyms from '../../assets/codes/icd10-synonyms.tsv?raw';
import opcs4 from '../../assets/codes/opcs4.tsv?raw';
import { lexiconWords, readings, specialtyPacks, starterSheet } from '../../assets/starter.js';
import { fail, succeed } from '../../lib/base/result.js';
import { compileLexicon, createAsserter, findMentions, openLexicon, placedWords, readText } from '../../lib/analysis/index.js';
import { createCodeBook, createCodeShelf, judgeCodes, newest, shippedLists, textOfFile } from '../../lib/codebook/index.js';
import { codeOnDay, lexiconEntries, listFacts, placeMention } from '../../lib/coding/index.js';
import { caseReading, largestFile, listedWords, type TrainingTools } from '../../lib/learning/index.js';
import type { DoubtPolicy } from '../../lib/model/assertion.js';
import type { DocumentId } from '../../lib/model/document.js';
import { createRulebook, findSpecialty } from '../../lib/rulebook/index.js';
import { createTrainingRun, type FromTraining, type ToTraining } from './training-run.js';

async function tools(doubt: DoubtPolicy): Promise<TrainingTools> {
  const made = createRulebook(starterSheet);
  if (!made.ok) throw new Error('The shipped rulebook does not pass its own check');
  const book = createCodeBook({ name: 'nodi-codes' });
  const imported = await book.lists().catch(() => []);
  book.close();
  const shelf = createCodeShelf([...shippedLists({ icd10, opcs4 }), ...imported]);
  const latest = shelf.on(newest);
  const entries = lexiconEntries(specialtyPacks, { icd10, opcs4, index, synonyms });
  const lexicon = openLexicon(compileLexicon(entries, lexiconWords));
  const asserter = createAsserter(readings, doubt);
  const facts = listFacts(icd10);
  const words = listedWords(entries.flatMap(({ terms }) => terms.flatMap((term) => placedWords(term).map(({ folded }) => folded))));
  const document = 'note' as DocumentId;
  return {
    ...judgeCodes(shelf), isClinical: (word) => words.has(word),
    specialtyOf: (written) => { const found = findSpecialty(made.value, written); return found === 'unknown' ? null : found; },
    textOf64: (data) => { try { return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(data), (one) => one.charCodeAt(0))); } catch { return null; } },
    learn(text, specialty) {
      const read = readText(asserter, text);
      const mentions = findMentions(lexicon, read, specialty).map((mention) => placeMention(mention, { id: document, version: 1, text }, read.sentence(mention.span.start)));
      const coding = codeOnDay({ mentions, texts: [text], specialty, depth: 'full', ...facts }, latest);
      return caseReading({ words: placedWords(text), sentence: read.sentence, assert: (span) => read.assert(span, false).assertion, coding }, specialty);
    },
  };
}

const take = createTrainingRun({
  async open(file, doubt) {
    if (file.size > largestFile) return fail({ kind: 'too-large' });
    const bytes = await file.arrayBuffer().catch((): null => null);
    return bytes ? succeed({ text: textOfFile(new Uint8Array(bytes)), tools: await tools(doubt) }) : fail({ kind: 'unreadable' });
  },
  post: (message: FromTraining) => self.postMessage(message),
  now: () => performance.now(),
  rest: () => new Promise((go) => { setTimeout(go, 0); }),
});
self.addEventListener('message', ({ data }: MessageEvent<ToTraining>) => void take(data));

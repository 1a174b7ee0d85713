import icd10 from '../../assets/codes/icd10.tsv?raw';
import index from '../../assets/codes/icd10-index.tsv?raw';
import synonyms from '../../assets/codes/icd10-synonyms.tsv?raw';
import opcs4 from '../../assets/codes/opcs4.tsv?raw';
import { specialtyPacks } from '../../assets/starter.js';
import { createCodeBook, createCodeFinder, createCodeShelf, createEditionChanges, shippedLists, type CodeFinder, type CodeShelf, type EditionChanges } from '../../lib/codebook/index.js';
import { listName } from './coding-bodies.js';
import type { CodeList } from '../../lib/model/codebook.js';

/** The code lists on this device, opened for coding and for searching. */
export interface CodeBooks {
  readonly shelf: CodeShelf;
  /** What an edition changed beside another one. */
  readonly changes: EditionChanges;
  /** False where the imported editions could not be read: those that ship answer, and the options page says so. */
  readonly isWhole: boolean;
  /** Made when somebody first searches. */
  readonly finder: () => CodeFinder;
}

/** Opens the editions that ship and those that the health board imported; opened anew after an import or a removal. */
export async function openCodeBooks(): Promise<CodeBooks> {
  const book = createCodeBook({ name: 'nodi-codes' });
  const imported = await book.lists().catch((): null => null);
  book.close();
  const lists: readonly CodeList[] = [...shippedLists({ icd10, opcs4 }), ...imported ?? []];
  const shelf = createCodeShelf(lists);
  let finder: CodeFinder | null = null;
  return { shelf, changes: createEditionChanges(lists, listName), isWhole: imported !== null, finder: () => (finder ??= createCodeFinder(shelf, { lists, terms: [synonyms, index], packs: specialtyPacks })) };
}

import { fail, type Result } from '../../lib/base/result.js';
import { createCodeBook, largestFile, planImport, readEdition, textOfFile, type FileText } from '../../lib/codebook/index.js';
import type { CodeList, EditionDraft, EditionSummary, FileFault, ImportProgress } from '../../lib/model/codebook.js';

/** The import of code lists for one options page: files are held in memory from the look into them until they are kept or left. */
export interface CodeImports {
  readonly inspect: (files: readonly File[], today: string) => Promise<{ readonly drafts: readonly EditionDraft[]; readonly faults: readonly FileFault[] }>;
  readonly keep: (drafts: readonly EditionDraft[], how: { readonly onProgress: (progress: ImportProgress & { readonly file: string }) => void; readonly signal: AbortSignal }) => Promise<Result<readonly EditionSummary[], FileFault>>;
  readonly remove: (name: string) => Promise<boolean>;
  readonly restore: (name: string) => Promise<boolean>;
}

/** Reads and keeps in this page: no file crosses to the background, and the page has its turns meanwhile. */
export function createCodeImports(): CodeImports {
  const book = createCodeBook({ name: 'nodi-codes' });
  let texts: readonly FileText[] = [];
  let removed: CodeList | null = null;
  return {
    async inspect(files, today) {
      const faults: FileFault[] = [];
      const read: FileText[] = [];
      for (const file of files) {
        if (file.size > largestFile) { faults.push({ kind: 'file-fault', file: file.name, failure: { kind: 'too-large' } }); continue; }
        const bytes = await file.arrayBuffer().catch((): null => null);
        if (bytes) read.push({ name: file.name, text: textOfFile(new Uint8Array(bytes)) }); else faults.push({ kind: 'file-fault', file: file.name, failure: { kind: 'unreadable' } });
      }
      texts = read;
      const plan = planImport(read, today);
      return { drafts: plan.drafts, faults: [...faults, ...plan.faults] };
    },
    async keep(drafts, { onProgress, signal }) {
      const lists: CodeList[] = [];
      for (const draft of drafts) {
        const read = await readEdition(draft, texts, { onProgress, signal });
        if (!read.ok) return read;
        lists.push(read.value);
      }
      if (signal.aborted) return fail({ kind: 'file-fault', file: '', failure: { kind: 'cancelled' } });
      const added = await book.add(lists);
      if (!added.ok) return fail({ kind: 'file-fault', file: drafts[0]?.files[0] ?? '', failure: added.failure });
      texts = [];
      return added;
    },
    async remove(name) { removed = await book.remove(name); return removed !== null; },
    async restore(name) {
      if (removed?.summary.name !== name) return false;
      const added = await book.add([removed]);
      if (added.ok) removed = null;
      return added.ok;
    },
  };
}

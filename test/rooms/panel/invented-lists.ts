import type { CodeListsProps } from '../../../components/options/code-lists.js';
import type { EditionSummary } from '../../../lib/model/codebook.js';

const edition = (name: string, from: string, to: string | null, part: Partial<EditionSummary> = {}): EditionSummary => ({ system: 'OPCS-4', name, from, to, codes: 9857, titles: true, source: 'shipped', ...part });
const now = edition('OPCS-4.11', '2026-04-01', null, { source: 'imported', codes: 10_013 });

/** A device with two shipped editions and an imported one; nothing that is asked of it does anything. */
export const inventedLists: CodeListsProps = {
  lists: { isWhole: true, editions: [edition('ICD-10 5th Edition', '2016-04-01', null, { system: 'ICD-10', codes: 12_379, titles: false }), edition('OPCS-4.10', '2023-04-01', '2026-03-31'), now] },
  inForce: [now], today: '2026-11-27',
  onInspect: () => Promise.resolve({ drafts: [], faults: [] }),
  onImport: (drafts) => Promise.resolve({ ok: true, value: drafts.map(({ name, from, to }) => edition(name, from, to)) }),
  onRemove: () => Promise.resolve(true), onRestore: () => Promise.resolve(true),
};

import { render } from 'preact';
import { DataPage, type DataPageProps } from '../../../components/dashboard/data-page.jsx';
import { createWords, specialtyIn } from '../../../components/words.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';

const words = createWords(document.documentElement.lang === 'cy' ? 'cy' : 'en-GB');
const pressed: string[] = [];
Object.assign(window, { pressed });
const specialties = [{ id: 'neurology', name: { en: 'Neurology', cy: 'Niwroleg' } }, { id: 'rheumatology', name: { en: 'Rheumatology', cy: 'Rhiwmatoleg' } }];
const act = (name: string) => (): void => { pressed.push(name); };
const base: DataPageProps = {
  running: null, told: null, canUndo: false, others: { machines: 0, kept: 0, isDamaged: false }, together: null, nameOf: (id) => specialtyIn(specialties, id, words), words,
  onExport: (file) => { pressed.push(file); }, onImport: act('import'), onCount: act('count'), onCancel: act('cancel'), onForget: act('forget'), onUndo: act('undo'),
};
const scenes: Readonly<Record<string, Partial<DataPageProps>>> = {
  first: {},
  together: {
    others: { machines: 3, kept: 214, isDamaged: false }, canUndo: true, told: { key: 'data.told.taken', values: { fresh: 12, changed: 3, known: 199, own: 8 } },
    together: { rows: [{ specialty: 'neurology' as SpecialtyId, here: 31, all: 102 }, { specialty: 'rheumatology' as SpecialtyId, here: null, all: null }, { specialty: 'unknown', here: 7, all: 19 }], total: { here: 42, all: 131 }, openQueries: { here: 4, all: 9 }, machines: 3, kept: 214 },
  },
  running: { running: { what: 'import', done: 2500, of: 12000 } },
  refused: { told: { key: 'data.fail.bad-entry', values: { entry: 412, field: 'identifiedDateTime' }, isFailure: true }, others: { machines: 0, kept: 0, isDamaged: true } },
};
const app = document.getElementById('app');
if (app) render(<main class="main"><DataPage {...base} {...scenes[location.hash.slice(1)]} /></main>, app);

import { render } from 'preact';
import { DataPage, type DataPageProps } from '../../../components/dashboard/data-page.jsx';
import { SendingSection, type SendingSectionProps } from '../../../components/dashboard/sending-section.jsx';
import { createWords, specialtyIn } from '../../../components/words.js';
import type { SpecialtyId } from '../../../lib/model/episode.js';
import type { Month } from '../../../lib/model/month.js';
import type { MachineId } from '../../../lib/model/shared-statement.js';
import { defaultFhirNames } from '../../../lib/sync/fhir-bundle.js';
import { figuresBundle } from '../../../lib/sync/figures-bundle.js';

const words = createWords(document.documentElement.lang === 'cy' ? 'cy' : 'en-GB');
const pressed: string[] = [];
Object.assign(window, { pressed });
const specialties = [{ id: 'neurology', name: { en: 'Neurology', cy: 'Niwroleg' } }, { id: 'rheumatology', name: { en: 'Rheumatology', cy: 'Rhiwmatoleg' } }];
const act = (name: string) => (): void => { pressed.push(name); };
const base: DataPageProps = {
  running: null, told: null, canUndo: false, others: { machines: 0, kept: 0, isDamaged: false }, together: null, nameOf: (id) => specialtyIn(specialties, id, words), words,
  onExport: (file) => { pressed.push(file); }, onImport: act('import'), onCount: act('count'), onCancel: act('cancel'), onForget: act('forget'), onUndo: act('undo'),
};
const sending = (view: Partial<SendingSectionProps['view']>, isTokenWrong = false): Partial<DataPageProps> => ({
  sending: <SendingSection view={{ address: 'https://fhir.example.wales.nhs.uk/fhir/R4', state: { kind: 'idle' }, hasCredential: false, waiting: 0, confirmed: 0, lastSent: 0, setAside: [], figures: { isTaken: true, months: 0, last: null, lastSent: 0, refused: [] }, ...view }} words={words} isTokenWrong={isTokenWrong} timeOf={(moment) => new Date(moment).toISOString().slice(11, 19)}
    onAgree={act('agree')} onPause={(paused) => { pressed.push(paused ? 'pause' : 'resume'); }} onSend={(again) => { pressed.push(again ? 'again' : 'now'); }} onCredential={(token) => { pressed.push(token === null ? 'forget-credential' : 'credential'); }} />,
});
const payload = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [{ resource: { resourceType: 'DetectedIssue', status: 'final', implicated: [{ identifier: { system: 'urn:nodi:fhir:episode', value: 'a'.repeat(64) } }] } }] }, null, 2);
const figures = JSON.stringify(figuresBundle([{ month: '2026-10' as Month, specialty: 'neurology' as SpecialtyId, findings: 9, read: 120, rate: 7.5, minutes: 20 }], '00000000-1111-4111-8111-111111111111' as MachineId, defaultFhirNames), null, 2);
const scenes: Readonly<Record<string, Partial<DataPageProps>>> = {
  first: {},
  together: {
    others: { machines: 3, kept: 214, isDamaged: false }, canUndo: true, told: { key: 'data.told.taken', values: { fresh: 12, changed: 3, known: 199, own: 8 } },
    together: { rows: [{ specialty: 'neurology' as SpecialtyId, here: 31, all: 102 }, { specialty: 'rheumatology' as SpecialtyId, here: null, all: null }, { specialty: 'unknown', here: 7, all: 19 }], total: { here: 42, all: 131 }, openQueries: { here: 4, all: 9 }, machines: 3, kept: 214 },
  },
  unseen: sending({ state: { kind: 'unseen', payload, figures }, waiting: 12 }),
  sent: sending({ hasCredential: true, confirmed: 412, lastSent: 1_795_000_000_000, figures: { isTaken: true, months: 11, last: '2026-10' as Month, lastSent: 1_795_000_000_000, refused: [] } }),
  aside: sending({
    state: { kind: 'waiting', until: 1_795_000_000_000, isOpen: true, failure: { kind: 'reply-refused', fault: 'login-page' } }, hasCredential: true, waiting: 31, confirmed: 412, lastSent: 1_794_000_000_000, figures: { isTaken: true, months: 10, last: '2026-09' as Month, lastSent: 1_794_000_000_000, refused: [{ month: '2026-10' as Month, status: 412, issue: 'multiple-matches', at: '' }] },
    setAside: [{ key: 'a', kind: 'finding', sequence: 118, status: 422, issue: 'invariant', at: 'DetectedIssue.code' }, { key: 'b', kind: 'query', sequence: 131, status: 412, issue: 'multiple-matches', at: '' }],
  }),
  unfit: sending({ state: { kind: 'unfit', faults: [{ kind: 'not-r4', version: '5.0.0' }, { kind: 'no-bundle' }, { kind: 'no-resource', type: 'Communication' }, { kind: 'no-conditional-update', type: 'Task' }] }, waiting: 12, figures: { isTaken: false, months: 0, last: null, lastSent: 0, refused: [] } }, true),
  running: { running: { what: 'import', done: 2500, of: 12000 } },
  refused: { told: { key: 'data.fail.bad-entry', values: { entry: 412, field: 'identifiedDateTime' }, isFailure: true }, others: { machines: 0, kept: 0, isDamaged: true } },
};
const app = document.getElementById('app');
if (app) render(<main class="main"><DataPage {...base} {...scenes[location.hash.slice(1)]} /></main>, app);

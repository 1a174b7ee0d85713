import { records } from './records.js';

const banner = [['Patient', 'u_patient'], ['NHS number', 'u_nhs_number'], ['Date of birth', 'u_dob'], ['Hospital number', 'u_hospital_number']];
const episode = [['Episode number', 'number'], ['Consultant', 'u_consultant'], ['Specialty', 'u_specialty'], ['Admission date', 'u_admitted'], ['Ward', 'u_ward'], ['Written', 'u_written']];
const notes = [
  ['Admission note', 'u_admission_note', 'Presenting complaint and past history.'], ['Pre-assessment', 'u_preassessment', 'Anaesthetic risk.'], ['Operation note', 'u_operation_note', 'Findings and procedure.'],
  ['Ward round', 'u_ward_round', 'Latest entry first.'], ['Results', 'u_results', 'Not for Decoyitis screening.'], ['Discharge plan', 'u_discharge_plan', 'Goes to the GP.'],
];
const make = (tag, attributes, ...inside) => { const made = document.createElement(tag); for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value); made.append(...inside); return made; };
const group = (name) => document.querySelector(`[aria-label="${name}"]`);
const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); });

// The form is made once. Another record only puts other values into it: the page's elements do not change.
for (const [place, fields] of [['Subject of care', banner], ['Episode', episode]]) {
  group(place).append(...fields.map(([words, name]) => make('span', { class: 'fg_4e1' }, make('label', { for: `sys.${name}` }, words), make('input', { id: `sys.${name}`, name, type: 'text', readonly: '' }))));
}
group('Notes').append(...notes.map(([words, name, help]) => make('div', { class: 'fg_9c0' },
  make('label', { for: `sys.${name}` }, words), make('small', { role: 'note' }, help), make('br', {}),
  make('textarea', { id: `sys.${name}`, name, 'data-type': 'journal', readonly: '', title: 'Decoyitis of the tooltip' }))));

/** The address says which record is open; the values come a moment later, as from the server. */
async function show() {
  const id = location.hash.replace('#record/', '');
  const record = records.find((one) => one.sys_id === id);
  if (!record) return;
  await new Promise((done) => { setTimeout(done, 60); });
  if (!location.hash.endsWith(id)) return;
  for (const [, name] of [...banner, ...episode, ...notes]) {
    const field = document.getElementById(`sys.${name}`);
    field.value = record[name];
    field.scrollTop = 0;
  }
  document.title = `${record.number} – Clinical Workspace`;
  await drawn();
  dispatchEvent(new CustomEvent('record-shown', { detail: id }));
}
addEventListener('hashchange', show);

const open = (index) => new Promise((done) => {
  const id = records[index].sys_id;
  addEventListener('record-shown', function shown({ detail }) { if (detail === id) { removeEventListener('record-shown', shown); done(); } });
  if (location.hash === `#record/${id}`) show(); else location.hash = `record/${id}`;
});

window.nodiPage = { open, ready: open(0) };

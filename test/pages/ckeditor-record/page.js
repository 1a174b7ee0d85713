import { patients } from './patients.js';

const field = document.getElementById('new-entry');
const earlier = document.querySelector('section[aria-label="Earlier letters"]');
const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); });
const element = (tag, attributes, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
};

const starting = new Promise((done) => {
  CKEDITOR.replace(field, {
    customConfig: '', versionCheck: false, stylesSet: false, extraAllowedContent: 'h2', language: 'en-gb', height: 280, resize_enabled: false,
    removePlugins: 'exportpdf,scayt,wsc,cloudservices,easyimage,elementspath', toolbar: [['Undo', 'Redo'], ['Bold', 'Italic'], ['NumberedList', 'BulletedList'], ['Table']],
    on: { instanceReady: ({ editor }) => done(editor) },
  });
});

/** The field behind the editor keeps what was there at the last save. */
const saved = ({ entry }) => `${entry}\n<p>Saved 07:40: Decoyitis thought unlikely.</p>`;

const letter = ({ kind, title, date, author, lines }) => element('article', { 'data-record-entry': `${kind} ${date}`, 'data-kind': kind },
  element('h3', {}, title), element('p', {}, element('time', { datetime: date }, date.split('-').reverse().join('/')), ' ', element('span', { 'data-author': '' }, author)),
  ...lines.map((line) => element('p', {}, line)));

async function open(index) {
  const editor = await starting;
  const patient = patients[index];
  for (const place of document.querySelectorAll('[data-value]')) place.textContent = patient[place.dataset.value];
  earlier.replaceChildren(...patient.earlier.map(letter));
  // The editor writes a whole new document into its frame each time.
  await new Promise((done) => { editor.setData(patient.entry, { callback: done, noSnapshot: true }); });
  field.value = saved(patient);
  await drawn();
}

window.nodiPage = { open, ready: open(0) };

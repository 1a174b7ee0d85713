import { patients } from './patients.js';

const source = document.querySelector('textarea[name="letter"]');
const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); });

/** What the last autosave left behind: the form field is only brought up to date when the letter is sent. */
const autosaved = ({ letter }) => `${letter}\n<p>Autosaved 08:12. To be removed: Decoyitis of the left ear was queried.</p>`;

const starting = tinymce.init({
  target: source, license_key: 'gpl', base_url: '/npm/tinymce', suffix: '.min', plugins: 'lists table wordcount', promotion: false, branding: false,
  menubar: 'edit insert format', toolbar: 'undo redo | blocks | bold italic | bullist numlist | table', height: 620, iframe_aria_text: 'Letter editor',
});

async function open(index) {
  const [editor] = await starting;
  const patient = patients[index];
  for (const cell of document.querySelectorAll('[data-value]')) cell.textContent = patient[cell.dataset.value];
  editor.setContent(patient.letter);
  editor.undoManager.clear();
  editor.setDirty(false);
  source.value = autosaved(patient);
  await drawn();
}

window.nodiPage = { open, ready: open(0) };

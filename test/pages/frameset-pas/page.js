import { patients } from './patients.js';

const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); });
const loaded = (name) => new Promise((done) => { document.querySelector(`frame[name="${name}"]`).addEventListener('load', () => done(), { once: true }); });

/** The header is a form that stays and is filled again; the letter comes as a new page. */
async function open(index) {
  const letter = loaded('letter');
  for (const input of frames.header.document.querySelectorAll('input')) input.value = patients[index][input.id];
  frames.letter.location.replace(`letter.html?rec=${index}&t=${performance.now()}`);
  await letter;
  await drawn();
}

window.nodiPage = { open, ready: new Promise((done) => { addEventListener('load', () => open(0).then(done)); }) };

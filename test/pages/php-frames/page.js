import { patients } from './patients.js';

const main = document.querySelector('iframe[name="main"]');
const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); });
let last = patients.length - 1;
let current = -1;

/** The inner frames tell when they have filled themselves. */
const filled = () => new Promise((done) => {
  const waiting = new Set(['encounter', 'previous', 'messages']);
  addEventListener('message', function heard({ data, origin }) {
    if (origin !== location.origin) return;
    waiting.delete(data?.filled);
    if (waiting.size > 0) return;
    removeEventListener('message', heard);
    done();
  });
});

/** As the server did it: the banner is written here, the frame below goes to a new address. */
async function open(index) {
  if (current >= 0 && current !== index) last = current;
  current = index;
  const ready = filled();
  for (const part of ['name', 'dob', 'nhs', 'episode', 'specialty', 'consultant', 'attended', 'gp']) document.getElementById(`b_${part}`).textContent = patients[index][part];
  // replace(): a second opening of one patient must load again, and the history is the page's own.
  main.contentWindow.location.replace(`main.html?pid=${index}&last=${last}&t=${performance.now()}`);
  await ready;
  await drawn();
}

window.nodiPage = { open, ready: new Promise((done) => { addEventListener('load', () => open(0).then(done)); }) };

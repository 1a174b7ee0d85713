import { GlobalWorkerOptions, getDocument } from '/npm/pdfjs-dist/build/pdf.mjs';
import { EventBus, PDFLinkService, PDFViewer } from '/npm/pdfjs-dist/web/pdf_viewer.mjs';

GlobalWorkerOptions.workerSrc = '/npm/pdfjs-dist/build/pdf.worker.mjs';

/* Invented people. Their letters are written by make-letters.mjs. */
const patients = [
  { name: 'GOODRIDGE, Idwal (Mr)', born: '17 Nov 1951', nhs: '999 476 2508', specialty: 'Neurology', consultant: 'Dr G. Maelor', attended: '15 Oct 2026', title: 'Neurology clinic letter' },
  { name: 'CARADOG, Lowri (Ms)', born: '02 Feb 1974', nhs: '999 583 9148', specialty: 'Respiratory Medicine', consultant: 'Dr B. Talgarth', attended: '20 Oct 2026', title: 'Respiratory clinic letter' },
];

const eventBus = new EventBus();
const linkService = new PDFLinkService({ eventBus });
const viewer = new PDFViewer({ container: document.getElementById('container'), viewer: document.querySelector('.pdfViewer'), eventBus, linkService });
linkService.setViewer(viewer);
eventBus.on('pagesinit', () => { viewer.currentScaleValue = 'page-width'; });
const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => done())); });

/** Every page has its drawing and its words; pdf.js draws the page after the last visible one ahead of time. */
const rendered = (pages) => new Promise((done) => {
  const waiting = new Set(Array.from({ length: pages }, (_, at) => [`page ${at + 1}`, `text ${at + 1}`]).flat());
  const told = (kind) => ({ pageNumber }) => { waiting.delete(`${kind} ${pageNumber}`); if (waiting.size === 0) { eventBus.off('pagerendered', page); eventBus.off('textlayerrendered', text); done(); } };
  const [page, text] = [told('page'), told('text')];
  eventBus.on('pagerendered', page);
  eventBus.on('textlayerrendered', text);
});

let loading = null;
async function open(index) {
  const before = loading;
  loading = getDocument({ url: `letter-${index}.pdf`, standardFontDataUrl: '/npm/pdfjs-dist/standard_fonts/' });
  const letter = await loading.promise;
  for (const place of document.querySelectorAll('[data-value]')) place.textContent = patients[index][place.dataset.value] ?? '';
  const ready = rendered(letter.numPages);
  viewer.setDocument(letter);
  linkService.setDocument(letter);
  await before?.destroy();
  await ready;
  await drawn();
}

window.nodiPage = { open, ready: open(0) };

import { getDocument, GlobalWorkerOptions, TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import { fail, succeed, type Result } from '../../lib/base/result.js';

/** Why a file could not be shown. */
export interface PdfFailure { readonly kind: 'locked' | 'broken' | 'too-large' }

export interface PdfPages {
  readonly count: number;
  /** How many pages have their words in place now. */
  readonly ready: () => number;
}

/** Words of this many first pages are put in place at once; of the others when they come near the window. */
const eager = 40;
/** Shown scale, CSS pixels for each PDF point. */
const scale = 1.35;
/** Largest canvas, pixels of one side: a hostile page may claim to be of any size. */
const largestSide = 4000;

/**
 * Shows a PDF in `place`: each page a box with its drawing and its words at their places, as pdf.js lays them out.
 * The file is read by pdf.js in a worker of its own (`worker`), in memory only; nothing else is fetched.
 * `onChange` is told when words of another page are there. Ends with the signal, and the worker with it.
 */
export async function showPdf(place: HTMLElement, bytes: Uint8Array, worker: Worker, onChange: (pages: PdfPages) => void, signal: AbortSignal): Promise<Result<PdfPages, PdfFailure>> {
  GlobalWorkerOptions.workerPort = worker;
  const loading = getDocument({ data: bytes, useWasm: false, useWorkerFetch: false, disableFontFace: false, enableXfa: false, stopAtErrors: false, maxImageSize: 40_000_000 });
  signal.addEventListener('abort', () => { void loading.destroy(); worker.terminate(); }, { once: true });
  let pdf: PDFDocumentProxy;
  try { pdf = await loading.promise; } catch (problem) {
    return fail({ kind: problem instanceof Error && problem.name === 'PasswordException' ? 'locked' : 'broken' });
  }
  let ready = 0;
  const pages: PdfPages = { count: pdf.numPages, ready: () => ready };
  place.style.setProperty('--scale-factor', String(scale));
  const boxes = Array.from({ length: pdf.numPages }, (_, index) => {
    const box = document.createElement('div');
    box.className = 'page';
    box.dataset['pageNumber'] = String(index + 1);
    Object.assign(box.style, { width: `${595 * scale}px`, height: `${842 * scale}px` });
    return box;
  });
  place.replaceChildren(...boxes);
  const begun = new Set<number>();
  const drawn = new Set<number>();

  const words = async (number: number): Promise<PDFPageProxy | null> => {
    const box = boxes[number - 1];
    if (!box || signal.aborted) return null;
    const page = await pdf.getPage(number);
    if (begun.has(number)) return page;
    begun.add(number);
    const view = page.getViewport({ scale });
    Object.assign(box.style, { width: `${view.width}px`, height: `${view.height}px` });
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const layer = document.createElement('div');
    layer.className = 'textLayer';
    box.append(canvas, layer);
    await new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport: view }).render();
    box.dataset['loaded'] = 'true';
    ready += 1;
    onChange(pages);
    return page;
  };

  const draw = async (number: number): Promise<void> => {
    if (drawn.has(number)) return;
    drawn.add(number);
    const page = await words(number);
    const canvas = boxes[number - 1]?.querySelector('canvas');
    if (!page || !canvas || signal.aborted) return;
    const view = page.getViewport({ scale: Math.min(scale * (window.devicePixelRatio || 1), largestSide / Math.max(...page.getViewport({ scale: 1 }).rawDims as unknown as number[], 842)) });
    canvas.width = Math.min(largestSide, Math.ceil(view.width));
    canvas.height = Math.min(largestSide, Math.ceil(view.height));
    const context = canvas.getContext('2d');
    if (context) await page.render({ canvas, canvasContext: context, viewport: view }).promise;
  };

  // One page that cannot be laid out leaves the others standing.
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) void draw(Number((target as HTMLElement).dataset['pageNumber'])).catch(() => undefined);
  }, { rootMargin: '600px' });
  for (const box of boxes) near.observe(box);
  signal.addEventListener('abort', () => near.disconnect(), { once: true });
  for (let number = 1; number <= Math.min(eager, pdf.numPages) && !signal.aborted; number += 1) await words(number).catch(() => null);
  return succeed(pages);
}

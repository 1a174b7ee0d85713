import type { AdapterDefinition } from '../../model/adapter.js';

/** Nodi's own viewer of PDF letters: our page, read as any other. */
export const nodiViewer: AdapterDefinition = {
  id: 'nodi-viewer',
  version: 1,
  name: 'Nodi',
  matches: ['chrome-extension://*/viewer.html*', 'moz-extension://*/viewer.html*'],
  banner: { region: ['[data-region="viewer-banner"]'], identifier: [{ selector: '[data-identifier]', from: { attribute: 'data-identifier' } }], name: [{ selector: '[data-identifier]', from: { attribute: 'data-name' } }] },
  episode: {},
  notes: [{ region: '.pdfViewer', kind: 'other', title: [{ selector: '.pdfViewer', from: { attribute: 'data-title' } }], rows: '.page' }],
  exclude: [],
};

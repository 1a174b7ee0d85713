import { defineContentScript } from 'wxt/utils/define-content-script';
import { startReader } from './reader.js';

declare global { interface Window { nodiReader?: AbortController } }

export default defineContentScript({
  registration: 'runtime',
  // The default handshake would tell every page our id, and let a page stop the script.
  noScriptStartedPostMessage: true,
  main() {
    // A second start in the same world (after an update, or from an open tab) ends the first.
    window.nodiReader?.abort();
    const life = new AbortController();
    window.nodiReader = life;
    startReader(document, life);
  },
});

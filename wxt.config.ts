import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';

/** Origins of the board's own coder and FHIR server, from `npm run build:connected -- ORIGIN …`; none in the default build, which holds nothing that sends. */
const coderOrigins = (process.env['NODI_CODER_ORIGINS'] ?? '').split(' ').filter((one) => one !== '');
for (const one of coderOrigins) if (!/^https:\/\/[a-z0-9.-]+(?::\d+)?$/.test(one) || new URL(one).origin !== one) throw new Error(`${one} is no https origin, such as https://coder.example.wales.nhs.uk`);

/**
 * The wall around our own pages (trust/threats.md, section 4): nothing in, nothing out.
 * The three policies that may make an address for a script make that of one packaged worker each: `nodi-viewer` of the PDF (entrypoints/viewer), `nodi-train` of the training and `nodi-ledger` of the extracts (entrypoints/dashboard).
 */
const pagePolicy = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", ["connect-src 'self'", ...coderOrigins].join(' '), "worker-src 'self'",
  "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'", "require-trusted-types-for 'script'", 'trusted-types nodi-viewer nodi-train nodi-ledger',
].join('; ');

export default defineConfig({
  // Auto-imports would hide the graph that test/architecture.test.ts reads.
  imports: false,
  // The two builds never lie in one folder.
  outDir: process.env['NODI_OUT'] ?? (coderOrigins.length > 0 ? '.output/connected' : '.output'),
  manifestVersion: 3,
  publicDir: 'assets/packaged',
  zip: { artifactTemplate: 'nodi-{{version}}-{{browser}}.zip', sourcesTemplate: 'nodi-{{version}}-sources.zip' },
  vite: () => ({ plugins: [preact({ devToolsEnabled: false, prefreshEnabled: false })], define: { __CONNECTED__: JSON.stringify(coderOrigins.length > 0), __CODER_ORIGINS__: JSON.stringify(coderOrigins) }, worker: { format: 'es' as const }, build: { sourcemap: false, modulePreload: { polyfill: false } } }),
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: ['activeTab', 'storage', 'scripting', 'contextMenus', 'unlimitedStorage', ...(browser === 'firefox' ? [] : ['sidePanel']), ...(coderOrigins.length > 0 ? ['alarms'] : [])],
    host_permissions: [],
    optional_host_permissions: ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'],
    ...(browser === 'firefox'
      ? { browser_specific_settings: { gecko: { id: 'nodi@nodi.example', strict_min_version: '140.0', data_collection_permissions: { required: ['none'] } } } }
      : { externally_connectable: { ids: [], matches: [] }, minimum_chrome_version: '128' }),
    incognito: 'not_allowed',
    storage: { managed_schema: 'managed-schema.json' },
    content_security_policy: { extension_pages: pagePolicy },
    action: { default_title: '__MSG_name__' },
    commands: {
      'toggle-marks': { suggested_key: { default: 'Alt+Shift+N' }, description: '__MSG_toggle__' },
      'next-mark': { suggested_key: { default: 'Alt+Shift+Period' }, description: '__MSG_next__' },
      'previous-mark': { suggested_key: { default: 'Alt+Shift+Comma' }, description: '__MSG_previous__' },
      // No key of its own: a record may use any chord, and the panel has F. The person gives it one in the browser.
      'label-marks': { description: '__MSG_labels__' },
    },
  }),
  hooks: {
    // Compiled anew by every build, so that it can never be older than the lists that it is made of.
    'build:publicAssets': (wxt, files) => {
      const file = join(wxt.config.root, '.cache/lexicon.bin');
      const done = spawnSync(process.execPath, ['--import', 'tsx', 'entrypoints/batch/compile.ts', file], { cwd: wxt.config.root, stdio: ['ignore', 'inherit', 'inherit'] });
      if (done.status !== 0) throw new Error('The lexicon could not be compiled');
      files.push({ absoluteSrc: file, relativeDest: 'lexicon.bin' });
    },
    'build:manifestGenerated': (wxt, manifest) => {
      if (wxt.config.browser === 'firefox') delete manifest.storage;
      // Said out loud, so that a test of the built manifest can hold it: nothing of ours is reachable from a page.
      manifest.web_accessible_resources = [];
      manifest.host_permissions = [];
    },
  },
});

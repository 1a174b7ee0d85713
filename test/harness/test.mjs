/** npm test: installs what is missing, then types, lint, build, and every test; ends with one plain line of counts. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, findFirefox, findOffice, installPackages, needChromium, root, runProgram } from './bootstrap.mjs';

checkNode();
installPackages();
const chromium = needChromium();
const firefox = findFirefox({ install: true });
if (!firefox) console.info('Firefox is not here and could not be installed: its run of the main path is skipped, and counted as skipped.');
const office = findOffice({ install: true });
if (!office) console.info('LibreOffice is not here and could not be installed: what it would open is skipped, and counted as skipped.');

let passed = 0;
let failed = 0;
let skipped = 0;
const step = (name, run) => {
  const started = Date.now();
  const good = run() === 0;
  if (good) passed += 1; else failed += 1;
  console.info(`${good ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
};

step('types', () => runProgram('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']));
step('types of the pure rooms, without the DOM', () => runProgram('typescript/bin/tsc', ['-p', 'test/tsconfig.pure.json']));
step('lint', () => runProgram('eslint/bin/eslint.js', ['-c', 'test/eslint.config.mjs', '.', '--max-warnings', '0']));
step('build for Chromium', () => runProgram('wxt/bin/wxt.mjs', ['build', '-b', 'chrome', '--mv3']));
step('build for Firefox', () => runProgram('wxt/bin/wxt.mjs', ['build', '-b', 'firefox', '--mv3']));

const report = join(root, '.cache/test-report.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(report, { force: true });
runProgram('vitest/vitest.mjs', ['run', '--config', 'test/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], {
  env: { ...process.env, CHROMIUM_PATH: chromium, ...(firefox ? { FIREFOX_PATH: firefox } : {}), ...(office ? { SOFFICE_PATH: office } : {}), ...(process.argv.includes('--long') ? { NODI_LONG: '1' } : {}) },
});
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  passed += result.numPassedTests;
  failed += result.numFailedTests + (result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length);
  skipped += result.numPendingTests + result.numTodoTests;
  if (result.numPassedTests === 0) { failed += 1; console.error('The test runner ran no test.'); }
} catch { failed += 1; console.error('The test runner left no report.'); }

console.info(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);

/** What every command needs before anything of ours can run: a Node that is new enough, the packages, and where asked a browser. No dependencies. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

function onPath(names) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      try { accessSync(file, constants.X_OK); if (statSync(file).isFile()) return file; } catch { /* not here */ }
    }
  }
  return null;
}

/** Stops with a plain sentence when Node is older than 20.19. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: Nodi needs Node 20.19 or newer. Get it from https://nodejs.org and run the command again.`);
    process.exit(1);
  }
}

/** Installs the packages of the lock file when they are missing or older than it. */
export function installPackages() {
  const mark = join(root, 'node_modules/.package-lock.json');
  if (existsSync(mark) && statSync(mark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  console.info('Installing packages (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' } });
  if (done.status !== 0) { console.error('The packages could not be installed. Check the connection to the npm registry and run the command again.'); process.exit(1); }
}

function cachedByPlaywright() {
  const folders = [process.env.PLAYWRIGHT_BROWSERS_PATH, join(homedir(), '.cache/ms-playwright'), join(homedir(), 'Library/Caches/ms-playwright'), join(process.env.LOCALAPPDATA ?? homedir(), 'ms-playwright')];
  for (const folder of folders) {
    if (!folder || !existsSync(folder)) continue;
    for (const name of readdirSync(folder).filter((entry) => /^chromium-\d+$/.test(entry)).sort().reverse()) {
      for (const inside of ['chrome-linux64/chrome', 'chrome-linux/chrome', 'chrome-win64/chrome.exe', 'chrome-win/chrome.exe', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium']) {
        if (existsSync(join(folder, name, inside))) return join(folder, name, inside);
      }
    }
  }
  return null;
}

/** Path of a Chromium that can load an unpacked extension, or null. Branded Chrome and Edge refuse to (since 137). */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  return onPath(['chromium', 'chromium-browser']) ?? cachedByPlaywright();
}

function apt(...packageNames) {
  if (process.platform !== 'linux' || !onPath(['apt-get'])) return false;
  const before = process.getuid?.() === 0 ? [] : onPath(['sudo']) ? ['sudo', '-n'] : null;
  if (!before) return false;
  const run = (...words) => spawnSync([...before, ...words][0], [...before, ...words].slice(1), { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  return run('apt-get', 'update', '-qq') && run('apt-get', 'install', '-y', '-qq', ...packageNames);
}

/** Finds Chromium, or installs it where that is possible, or says exactly what to do and stops. */
export function needChromium() {
  let found = findChromium();
  if (found) return found;
  console.info('Chromium is missing; trying to install it …');
  if (!apt('chromium')) {
    const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
    spawnSync(npx, ['playwright-core', 'install', 'chromium'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  }
  found = findChromium();
  if (found) return found;
  console.error(['Chromium is missing and could not be installed here. Do one of these and run the command again:',
    '  Debian or Ubuntu:  sudo apt-get install chromium', '  macOS:             npx playwright-core install chromium', '  Windows:           npx playwright-core install chromium',
    '  anywhere:          set CHROMIUM_PATH to a Chromium that is already on this computer', 'Google Chrome and Microsoft Edge will not do: they ignore --load-extension.'].join('\n'));
  process.exit(1);
}

/** Path of a Firefox, installed from the system's packages where it is missing and that is possible; null otherwise. */
export function findFirefox({ install = false } = {}) {
  const named = process.env.FIREFOX_PATH;
  if (named) return existsSync(named) ? named : null;
  const found = onPath(['firefox-esr', 'firefox']);
  if (found || !install) return found;
  apt('firefox-esr');
  return onPath(['firefox-esr', 'firefox']);
}

/** Finds LibreOffice, which opens the files that leave as their readers will, or installs its tables and texts without a desktop; null where neither can be. */
export function findOffice({ install = false } = {}) {
  const named = process.env.SOFFICE_PATH;
  if (named) return existsSync(named) ? named : null;
  const mac = '/Applications/LibreOffice.app/Contents/MacOS/soffice';
  const found = onPath(['soffice', 'libreoffice']) ?? (existsSync(mac) ? mac : null);
  if (found || !install) return found;
  apt('--no-install-recommends', 'libreoffice-calc-nogui', 'libreoffice-writer-nogui');
  return onPath(['soffice', 'libreoffice']);
}

/** Runs one of our packages' programs with this Node; gives its exit status. */
export function runProgram(program, words, options = {}) {
  return spawnSync(process.execPath, [join(root, 'node_modules', program), ...words], { cwd: root, stdio: 'inherit', ...options }).status ?? 1;
}

/** npm run build: the Chrome/Edge and Firefox packages, both Manifest V3, as zips in .output. */
import { checkNode, installPackages, runProgram } from './bootstrap.mjs';

checkNode();
installPackages();
for (const browser of ['chrome', 'firefox']) {
  const status = runProgram('wxt/bin/wxt.mjs', ['zip', '-b', browser, '--mv3']);
  if (status !== 0) process.exit(status);
}

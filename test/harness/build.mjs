/** npm run build: the Chrome/Edge and Firefox packages, both Manifest V3, as zips in .output. `--dir` stops at the unpacked folders. */
import { checkNode, installPackages, runProgram } from './bootstrap.mjs';

checkNode();
installPackages();
const verb = process.argv.includes('--dir') ? ['build'] : ['zip'];
const browsers = process.argv.includes('--chrome') ? ['chrome'] : ['chrome', 'firefox'];
for (const browser of browsers) {
  const status = runProgram('wxt/bin/wxt.mjs', [...verb, '-b', browser, '--mv3']);
  if (status !== 0) process.exit(status);
}

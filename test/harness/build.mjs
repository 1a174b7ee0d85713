/** npm run build: the Chrome/Edge and Firefox packages, both Manifest V3, as zips in .output. `npm run build:connected -- ORIGIN …`: the same for a board's own coder at these https origins, in .output/connected. */
import { checkNode, installPackages, runProgram } from './bootstrap.mjs';

const connected = process.argv.includes('--connected');
const origins = process.argv.slice(2).filter((one) => one !== '--connected');
if (connected && origins.length === 0) {
  console.error('The origins of the coder are needed: npm run build:connected -- https://coder.example.wales.nhs.uk');
  process.exit(2);
}
process.env.NODI_CODER_ORIGINS = connected ? origins.join(' ') : '';
checkNode();
installPackages();
for (const browser of ['chrome', 'firefox']) {
  const status = runProgram('wxt/bin/wxt.mjs', ['zip', '-b', browser, '--mv3']);
  if (status !== 0) process.exit(status);
}

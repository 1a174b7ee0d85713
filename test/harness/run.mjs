/** Runs one of our TypeScript programs in Node: `node test/harness/run.mjs FILE [words]`. Installs the packages where they are missing. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, installPackages, root } from './bootstrap.mjs';

checkNode();
installPackages();
const [file, ...words] = process.argv.slice(2);
const done = spawnSync(process.execPath, ['--import', 'tsx', join(root, file), ...words], { stdio: 'inherit' });
process.exit(done.status ?? 1);

/** Writes the compiled lexicon for the package: `node --import tsx entrypoints/batch/compile.ts FILE`. Run by the build (wxt.config.ts). */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { packagedLexicon } from './coder.js';

const [file] = process.argv.slice(2);
if (!file) { console.error('Give the file to write.'); process.exit(2); }
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, new Uint8Array(packagedLexicon()));

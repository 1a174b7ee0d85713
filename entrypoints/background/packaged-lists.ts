import browser from 'webextension-polyfill';
import icd10 from '../../assets/codes/icd10.tsv?raw';
import type { PackagedLists } from './coder.js';

/** Reads what ships: the lexicon is a file of the package, compiled when it was built (wxt.config.ts). Rejects when it is not there. */
export async function packagedLists(): Promise<PackagedLists> {
  const answer = await fetch(browser.runtime.getURL('lexicon.bin'));
  return { lexicon: await answer.arrayBuffer(), icd10 };
}

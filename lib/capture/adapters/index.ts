import type { AdapterDefinition } from '../../model/adapter.js';
import type { EprAdapter } from '../../model/ports.js';
import type { OpenRoot } from '../page-access.js';
import { createDeclarativeAdapter, matchesAddress, readDate } from './declarative.js';
import { glanYDon } from './glan-y-don.js';
import { nodiViewer } from './nodi-viewer.js';

export { checkAdapter, type AdapterFault } from './check-adapter.js';
export { genericAdapter } from './generic.js';
export { createDeclarativeAdapter, matchesAddress, readDate };

/** The records that Nodi knows without being taught. One file and one line for each. */
export const shippedAdapters: readonly AdapterDefinition[] = [glanYDon, nodiViewer];

/** The adapter for an address: one that was taught beats one that is shipped. Null when nobody knows the page. */
export function chooseAdapter(address: string, taught: readonly AdapterDefinition[], openRoot?: OpenRoot): EprAdapter<Document, Element> | null {
  const known = [...taught, ...shippedAdapters].find((definition) => definition.matches.some((pattern) => matchesAddress(pattern, address)));
  return known ? createDeclarativeAdapter(known, openRoot) : null;
}

import { identifiersIn, leavingIn } from '../lib/model/identifier.js';

/** Offers words as a file on this computer; the name holds nothing of a patient. */
export function saveFile(content: string | Blob, name: string, type: 'application/json' | 'application/fhir+json' | 'text/csv' | 'text/html' = 'application/json'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Saves what points at no patient, and gives null; else saves nothing and gives the place where an identifier stands. `looked` is all of it that a person typed or a page gave. */
export function saveLooked(looked: unknown, content: string | Blob, name: string, type?: Parameters<typeof saveFile>[2]): string | null {
  const [stopped] = identifiersIn(leavingIn(looked));
  if (stopped) return stopped.where;
  saveFile(content, name, type);
  return null;
}

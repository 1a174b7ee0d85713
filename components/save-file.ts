import { identifiersIn, leavingIn } from '../lib/model/identifier.js';

type FileType = 'application/json' | 'application/fhir+json' | 'text/csv' | 'text/html';

/** Where in what is about to leave an identifier of a patient stands; null where none does. `looked` is all of it that a person typed or a page gave. */
export function stoppedIn(looked: unknown): string | null {
  return identifiersIn(leavingIn(looked))[0]?.where ?? null;
}

/**
 * The one way in which a file leaves: offers it on this computer and gives null where what was `looked` through points at no patient; else offers nothing and gives the place
 * where an identifier stands. The name holds nothing of a patient.
 */
export function saveLooked(looked: unknown, content: string | Blob, name: string, type: FileType = 'application/json'): string | null {
  const where = stoppedIn(looked);
  if (where !== null) return where;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return null;
}

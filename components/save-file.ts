/** Offers words as a file on this computer; the name holds nothing of a patient. */
export function saveFile(content: string | Blob, name: string, type: 'application/json' | 'application/fhir+json' | 'text/csv' | 'text/html' = 'application/json'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Offers words as a file on this computer; the name holds nothing of a patient. */
export function saveFile(text: string, name: string, type: 'application/json' | 'application/fhir+json' | 'text/csv' = 'application/json'): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** A symptom, sign or abnormal finding: chapter XVIII, and what other chapters keep for complaints without a disease. */
export function isSymptom(code: string): boolean {
  return /^R|^M255|^M25[46]|^M54[2569]|^M79[16]|^H53|^H57|^N64[45]|^K30|^L53[89]|^G25[6]/.test(code);
}

/** Minimal PDF files with words at given places, for tests: one content stream a page, Helvetica, no other part. */

/** Words at a place of a page, PDF points from the lower left. */
export interface PdfWords { readonly x: number; readonly y: number; readonly size?: number; readonly words: string }

/** Makes a PDF of pages of words; an empty page is a scan that nobody recognised. */
export function makePdf(pages: readonly (readonly PdfWords[])[]): Buffer {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push('<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (const page of pages) {
    const content = page.length === 0 ? '0.8 g 60 60 400 600 re f' : page.map(({ x, y, size = 11, words }) => `BT /F1 ${size} Tf ${x} ${y} Td (${words.replace(/[\\()]/g, '\\$&')}) Tj ET`).join('\n');
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`);
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  let file = '%PDF-1.4\n';
  const at = objects.map((object, index) => { const start = file.length; file += `${index + 1} 0 obj\n${object}\nendobj\n`; return start; });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

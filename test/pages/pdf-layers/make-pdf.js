/** One page for each note. The first is in two columns, drawn line by line across both; the others word by word, with no space characters. */
export function makePdf(notes) {
  const plain = (words) => words.replace(/[âôŵŷî]/g, (letter) => ({ â: 'a', ô: 'o', ŵ: 'w', ŷ: 'y', î: 'i' })[letter]).replace(/’/g, "'").replace(/↑/g, 'raised').replace(/[\\()]/g, '\\$&');
  const fold = (text, width) => text.split('\n').flatMap((line) => { const lines = ['']; for (const word of line.split(' ')) { if ((lines.at(-1) + ' ' + word).length > width) lines.push(word); else lines[lines.length - 1] = (lines.at(-1) + ' ' + word).trim(); } return lines; });
  const put = (x, y, words) => `BT /F1 9 Tf ${x} ${y} Td (${plain(words)}) Tj ET`;
  const contents = notes.map((note, index) => {
    if (index === 0) {
      const lines = fold(note.text, 44);
      const half = Math.ceil(lines.length / 2);
      return [put(50, 800, note.title), ...lines.slice(0, half).flatMap((line, row) => [put(50, 770 - row * 13, line), ...(lines[half + row] ? [put(310, 770 - row * 13, lines[half + row])] : [])])].join('\n');
    }
    // Courier, so that places are known: 5.4 points a letter.
    return fold(note.text, 80).flatMap((line, row) => line.split(' ').map((word, place, all) => `BT /F2 9 Tf ${50 + 5.4 * (all.slice(0, place).join(' ').length + (place > 0 ? 1 : 0))} ${780 - row * 13} Td (${plain(word)}) Tj ET`)).join('\n');
  });
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${notes.map((_, at) => `${5 + at * 2} 0 R`).join(' ')}] /Count ${notes.length} >>`, ...['Helvetica', 'Courier'].map((font) => `<< /Type /Font /Subtype /Type1 /BaseFont /${font} /Encoding /WinAnsiEncoding >>`)];
  for (const content of contents) objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${objects.length + 2} 0 R >>`, `<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  let file = '%PDF-1.4\n';
  const starts = objects.map((object, at) => { const start = file.length; file += `${at + 1} 0 obj\n${object}\nendobj\n`; return start; });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Uint8Array.from(file, (letter) => letter.charCodeAt(0));
}

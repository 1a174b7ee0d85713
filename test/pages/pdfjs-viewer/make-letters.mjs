/** Writes letter-0.pdf and letter-1.pdf beside this file: `node make-letters.mjs`. */
import { writeFileSync } from 'node:fs';

/* Widths of Helvetica, code 32 to 126, in thousandths of the size (Adobe's metrics): words are placed by them where no space is drawn. */
const widths = '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'.split(' ').map(Number);
const size = 10;
const lead = 14;
const widthOf = (text) => [...text].reduce((sum, letter) => sum + (widths[letter.charCodeAt(0) - 32] ?? 556), 0) * size / 1000;

function wrap(paragraphs, width) {
  return paragraphs.flatMap((paragraph, at) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (widthOf(longer) > width && lines.at(-1) !== '') lines.push(word); else lines[lines.length - 1] = longer;
    }
    return at === 0 ? lines : ['', ...lines];
  });
}

const put = (x, y, words) => (words === '' ? '' : `BT /F1 ${size} Tf 1 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)} Tm (${words.replace(/[\\()]/g, '\\$&')}) Tj ET\n`);

/** Down the page in whole lines. */
const column = (heading, paragraphs) => put(56, 780, heading) + wrap(paragraphs, 480).map((line, row) => put(56, 752 - row * lead, line)).join('');

/** Line 1 left, line 1 right, line 2 left and so on, as some letter programs draw a table of two columns. */
function twoColumns(heading, left, right) {
  const [one, two] = [wrap(left, 224), wrap(right, 224)];
  let drawn = put(56, 780, heading);
  for (let row = 0; row < Math.max(one.length, two.length); row += 1) drawn += put(56, 752 - row * lead, one[row] ?? '') + put(316, 752 - row * lead, two[row] ?? '');
  return drawn;
}

/** Each word by itself at its place: no space is drawn anywhere. Marked one by one as in a tagged file, or pdf.js would join the words of a line and put in spaces of its own. */
const words = (heading, paragraphs) => [[heading, 780], ...wrap(paragraphs, 480).map((line, row) => [line, 752 - row * lead])].map(([line, y]) => {
  let x = 56;
  return line.split(' ').map((word) => { const at = x; x += widthOf(`${word} `); return word === '' ? '' : `/Span BMC\n${put(at, y, word)}EMC\n`; }).join('');
}).join('');

function pdf(pages) {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', `<< /Type /Pages /Kids [${pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ')}] /Count ${pages.length} >>`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'];
  for (const content of pages) objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`, `<< /Length ${content.length} >>\nstream\n${content}endstream`);
  let file = '%PDF-1.4\n';
  const starts = objects.map((object, at) => { const start = file.length; file += `${at + 1} 0 obj\n${object}\nendobj\n`; return start; });
  const table = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

const letters = [
  [
    twoColumns('Neurology clinic letter, 15 October 2026', [
      'Dear Dr Hopcyn, thank you for asking me to see this retired signalman with Fenwithia, who came to the clinic in Tywyn with his wife.',
      'In August he lost the words for things during breakfast. It lasted twenty minutes and left him tired. The ambulance crew wrote ?TIA on their sheet and he was sent home from the emergency unit with aspirin.',
      'There is a history of CVA on the right side in 2014, from which he recovered well apart from a weak grip, and an operation for a slipped disc. He has SOB when he walks to the post office.',
    ], [
      'On examination he was bright and gave a clear account. Blood pressure was 146 over 82 and the pulse was regular at 68.',
      'Eye movements were full and the fundi were normal. Power was full in the legs and a little less than full in the left hand, which he says is old. Reflexes were equal.',
      'I listened to the heart and neck and heard no murmur or bruit. The skin changes of Fenwithia were seen on both shins and have not spread since his last visit to the skin clinic in the spring.',
    ]),
    words('Neurology clinic letter, page 2 of 2', [
      'Opinion: the spell in August was most likely vascular, but the slow start makes me think of a probable seizure as well. His niece has the disease and he asked us to rule out MS, which I think is very unlikely at his age of 74.',
      'Plan: I have asked for an MRI of the head, an EEG and a tape of the heart for 72 hours. Fenwithia does not stand in the way of contrast. Aspirin to be changed to clopidogrel 75 mg once a day. He should not drive for four weeks.',
      'The urine sample today was cloudy, query infection, and I would be grateful if you would repeat it. I will write again when the scans are reported.',
      'Yours sincerely, Dr G. Maelor, consultant neurologist',
    ]),
  ],
  [
    column('Respiratory clinic letter, 20 October 2026', [
      'Dear Dr Sayce,',
      'Diagnosis: Morlanosis of both lungs, moderate. Asthma as a child.',
      'I saw this 52 year old baker in the clinic today. Since the summer she has had SOB on the flat and a dry cough at night. She has lost no weight. There was one visit to the emergency unit in September with fever and green sputum, query infection, and she had a week of doxycycline.',
      'While she was there she had numbness of the right hand for an hour. The note says impression: likely migraine, and she has had no more of it. There is no history of CVA or of heart disease in the family. The registrar had written ?TIA on the referral, and I have asked the stroke nurse to ring her.',
      'On examination the chest had fine crackles at both bases. Oxygen was 94 per cent on air, 90 per cent after six minutes of walking. Lung function shows a transfer factor of 58 per cent, which was 66 per cent last year.',
      'Plan: CT of the chest, bloods for antibodies, and the Morlanosis meeting in November. Prednisolone 30 mg a day for two weeks, then down by 5 mg each week. Flu vaccine with you, please. Clinic in two months.',
      'Yours sincerely, Dr H. Penfro, specialty registrar',
    ]),
  ],
];
letters.forEach((pages, at) => { writeFileSync(new URL(`letter-${at}.pdf`, import.meta.url), pdf(pages)); });

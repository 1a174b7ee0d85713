/** Invented patients, one letter each. */
export const patients = [
  {
    name: 'PRYTHERCH, Olwen (Mrs)', nhs: '999 103 4242', born: '02-Apr-1949', episode: 'OP-220871', specialty: 'Stroke Medicine', consultant: 'Dr R Blaenau',
    attended: '09-Nov-2026', recipient: 'Meddygfa Bro Alaw',
    letter: `
<h1>TIA clinic letter</h1>
<p><strong>Clinic date:</strong> 09 November 2026</p>
<p><strong>Dictated by:</strong> Dr S Aeronfa, Specialty Doctor</p>
<p>Dear Dr Cadwaladr,</p>
<p><strong>Diagnoses</strong></p>
<ol><li>Transient speech disturbance, ?TIA</li><li>Zephyrosis, stable since 2021</li><li>History of CVA (left MCA, 2017), no residual weakness</li><li>Hypertension</li></ol>
<p>Thank you for referring this 77-year-old lady with long-standing Zephyrosis. On 6 November she was at the kitchen table when her daughter noticed that her words were <em>jumbled</em>; this settled within ten minutes. There was no facial droop and no limb weakness. She has a history of CVA and takes clopidogrel 75&nbsp;mg.</p>
<p>On examination she was in sinus rhythm with no carotid bruit. Power was full in all four limbs and the plantars were flexor.</p>
<table border="1"><tbody><tr><th>Observation</th><th>Sitting</th><th>Standing</th></tr><tr><td>Blood pressure</td><td>172/94 (↑ BP)</td><td>166/90</td></tr><tr><td>Pulse</td><td>74 regular</td><td>78 regular</td></tr></tbody></table>
<p>She described flickering zig-zag lines before the event. Impression: likely migraine aura, although a vascular cause cannot be dismissed, and I have requested an MRI with diffusion and carotid Dopplers within 24 hours.</p>
<p>There is no SOB and no chest pain. I have asked her not to drive until the results are known, and have added amlodipine 5&nbsp;mg.</p>
<p>Yours sincerely,</p>
<p>Dr S Aeronfa</p>`,
  },
  {
    name: 'GRUFFYDD, Ieuan (Mr)', nhs: '999 218 8464', born: '19-Aug-1962', episode: 'OP-221140', specialty: 'Niwroleg', consultant: 'Dr M Tegfan',
    attended: '12-Nov-2026', recipient: 'Meddygfa’r Cei',
    letter: `
<h1>Llythyr clinig niwroleg</h1>
<p><strong>Dyddiad y clinig:</strong> 12 Tachwedd 2026</p>
<p><strong>Arddywedwyd gan:</strong> Dr M Tegfan, Niwrolegydd Ymgynghorol</p>
<p>Annwyl Dr Pennant,</p>
<p><strong>Diagnosis</strong></p>
<ol><li>Pyliau o golli ymwybyddiaeth, probable seizure</li><li>Quillonoma, heb newid ers 2022</li><li>Gorbwysedd</li></ol>
<p>Diolch am gyfeirio Mr Gruffydd, sydd yn byw gyda’i wraig ac yn gweithio ar y fferm. Mae Quillonoma arno ers blynyddoedd ac nid oes angen triniaeth ar hyn o bryd. Ym mis Medi cafodd bwl yn y gegin: roedd ei fraich dde yn wan am chwarter awr, ?TIA, ac yna daeth ato’i hun yn llwyr.</p>
<p>Roedd ail bwl ym mis Hydref, gyda cholli ymwybyddiaeth am ddau funud a brathu’r tafod. Gwelodd ei wraig ei freichiau yn ysgwyd. Cofnodwyd history of CVA yn nheulu ei dad, ond nid yn y claf ei hun.</p>
<p>Wrth ei archwilio roedd y nerfau creuanol yn normal ac roedd y pŵer yn llawn. Nodwyd ↑ BP o 168/96 ac ychydig o SOB ar ôl dringo’r grisiau. Nid oedd murmur ar y galon.</p>
<table border="1"><tbody><tr><th>Prawf</th><th>Canlyniad</th></tr><tr><td>ECG</td><td>Rhythm sinws</td></tr><tr><td>Glwcos</td><td>5.4 mmol/L</td></tr></tbody></table>
<p>Rwyf wedi gofyn am EEG ac MRI o’r ymennydd, ac wedi egluro na chaiff yrru am y tro. Bydd y claf yn dychwelyd i’r clinig ymhen chwe wythnos.</p>
<p>Yn gywir,</p>
<p>Dr M Tegfan</p>`,
  },
];

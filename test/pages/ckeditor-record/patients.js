/** Invented patients: an entry that is being written, and the letters before it. */
export const patients = [
  {
    name: 'TREHARNE, Gareth (Mr)', nhs: '999 327 7150', born: '27-Jan-1957', spell: 'SP-60418', specialty: 'Acute Medicine', consultant: 'Dr H Penllyn', admitted: '16-Nov-2026', patientClass: 'Inpatient',
    entry: `
<h2>Ward round</h2>
<p><strong>Date:</strong> 17-Nov-2026</p>
<p><strong>Seen by:</strong> Dr H Penllyn, Consultant</p>
<p>Day 2 with Brwynosis. Slept poorly. SOB at rest overnight, now comfortable on 2&nbsp;L.</p>
<ul><li>Temp 38.1, query infection at the cannula site</li><li>↑ BP on three readings, highest 178/98</li><li>Eating half meals</li></ul>
<p>Plan: <em>blood cultures</em>, change cannula, repeat bloods in the morning.</p>`,
    earlier: [
      { kind: 'clinic-letter', title: 'Neurology clinic letter', date: '2026-09-28', author: 'Dr L Maelor, Neurology', lines: ['Dear Dr Rhydwen,', 'Thank you for asking me to see Mr Treharne, who has Brwynosis and a history of CVA in 2015. He had two episodes of tingling in the right hand, each lasting several minutes.', 'Examination today was normal apart from brisk reflexes in the legs. I have arranged an MRI of the brain and cervical cord to rule out MS, and nerve conduction studies of both arms.', 'He continues on clopidogrel 75 mg and atorvastatin 80 mg. I shall write again with the results.'] },
      { kind: 'discharge-letter', title: 'Discharge advice letter', date: '2025-12-03', author: 'Dr B Alwen, Foundation Doctor', lines: ['Admitted with a fall at home on the background of Brwynosis. CT of the head showed an old left occipital infarct and no bleed.', 'The fall was unwitnessed; a probable seizure was considered, and an EEG as an outpatient was normal. No change of medicines.'] },
    ],
  },
  {
    name: 'HAVARD, Sioned (Miss)', nhs: '999 431 9027', born: '11-Jun-1990', spell: 'SP-60533', specialty: 'General Surgery', consultant: 'Mr D Caradog', admitted: '18-Nov-2026', patientClass: 'Day case',
    entry: `
<h2>Operation note</h2>
<p><strong>Date:</strong> 18-Nov-2026</p>
<p><strong>Seen by:</strong> Mr D Caradog, Consultant Surgeon</p>
<p>Procedure: laparoscopic cholecystectomy. Known <strong>Tegwelitis</strong>, discussed with the anaesthetist.</p>
<ol><li>Supine, general anaesthetic, four ports</li><li>Thickened gallbladder, critical view obtained, cystic duct and artery clipped</li><li>Specimen retrieved in a bag, haemostasis secured</li></ol>
<p>Pus at the umbilical port: query infection, swab sent. Transient ↑ BP at insufflation.</p>`,
    earlier: [
      { kind: 'pre-assessment', title: 'Pre-assessment', date: '2026-11-04', author: 'Sister E Morlais', lines: ['Miss Havard attended for pre-assessment. She has Tegwelitis, diagnosed in childhood, and takes no regular medicines.', 'No chest pain. SOB only on hills. Headaches twice a month with visual disturbance; GP impression: likely migraine. No family history of problems with anaesthetics.', 'Fit for day surgery. Fasting instructions given in English and Welsh.'] },
      { kind: 'referral', title: 'Referral', date: '2026-08-20', author: 'Dr A Llifon, GP', lines: ['Please see this 36-year-old teacher with Tegwelitis and six months of right upper quadrant pain after meals. Ultrasound shows several stones in a thin-walled gallbladder with a normal common duct.', 'Her mother has a history of CVA. She would be glad of an appointment in the school holidays.'] },
    ],
  },
];

/* Invented people. */
export const patients = [
  {
    name: 'PUGH, Eleri (Mrs)', dob: '07-May-1948', nhs: '999 512 3045', episode: 'OP-20771', specialty: 'Stroke Medicine', consultant: 'Dr M. Tegid', attended: '12-Oct-2026', gp: 'Dr Rowlands, Bala', seenBy: 'Dr S. Whitcombe, registrar',
    hx: `78 year old retired teacher, known Tarvendosis, seen in the rapid access clinic.
Two episodes of left arm weakness in the last week, each of ten minutes with full recovery: ?TIA. During the second her husband noticed a droop of the mouth. No headache, no loss of consciousness.
PMH: history of CVA in 2016 (right MCA territory), hypertension, cataract surgery both eyes.
DH: clopidogrel 75 mg od, amlodipine 5 mg od, atorvastatin 40 mg nocte. NKDA.
SH: lives with her husband, independent, never smoked, drives.
SOB on hills for a year, no chest pain.`,
    ex: `Alert and orientated, GCS 15. Tarvendosis unchanged since the spring.
↑ BP today, 172/94 right arm and 168/90 left. Pulse 76 irregular.
Heart sounds normal, chest clear, no ankle swelling.
Cranial nerves intact. Power 5/5 throughout, reflexes brisker on the left, left plantar upgoing (old).
Gait steady with a stick.`,
    pl: `1. CT head and carotid Dopplers this week.
2. ECG today shows probable AF, 72 hour tape requested.
3. Not to drive for one month, told of the DVLA rule.
4. Amlodipine up to 10 mg, home readings to the GP in two weeks.
5. Tarvendosis clinic as arranged in December.
Clinic again with results in four weeks. Admit if there are further events.`,
  },
  {
    name: 'OAKSHOTT, Gethin (Mr)', dob: '22-Jan-1983', nhs: '999 627 1188', episode: 'OP-20794', specialty: 'Neurology', consultant: 'Dr R. Amlwch', attended: '13-Oct-2026', gp: 'Dr Penhale, Ludlow', seenBy: 'Dr T. Brynmor, consultant',
    hx: `43 year old joiner with Glyncosis, referred with numb hands.
Six weeks of tingling in both hands and a band about the chest, worse after a hot bath. The GP asked us to rule out MS. One blackout at work in August, seen by a mate: stiff, then shaking for a minute, bitten tongue, probable seizure.
PMH: appendicectomy 1999. No regular medicines. Allergic to penicillin (rash).
SH: smokes 10 a day, 20 units a week. Not driving since August.`,
    ex: `Looks well. Glyncosis patches on both forearms, as before.
BP 128/76, pulse 64 regular, temp 36.8.
Fundi normal, eye movements full, no nystagmus.
Tone normal, power full. Reduced pinprick to the wrists on both sides, vibration lost at the toes.
Romberg negative, tandem gait a little unsteady.`,
    pl: `1. MRI brain and cervical cord with contrast.
2. EEG. Bloods: B12, folate, HIV, syphilis, ANA, TSH.
3. Urine dip positive for leucocytes, query infection: MSU sent, no treatment until the result.
4. Seizure advice given, DVLA form completed.
5. Glyncosis cream to go on twice a day.
Impression: likely migraine for the headaches, the rest not explained yet. Back in six weeks with the scan.`,
  },
];

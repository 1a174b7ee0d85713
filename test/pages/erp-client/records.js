/* Invented people. */
export const records = [
  {
    sys_id: '7c1f0ab24d', number: 'EPI0031882', u_patient: 'HAVARD, Morwenna (Mrs)', u_nhs_number: '999 218 6356', u_dob: '11/06/1955', u_hospital_number: 'K771203',
    u_consultant: 'Mr D. Ferris', u_specialty: 'Trauma and Orthopaedics', u_admitted: '02/10/2026', u_ward: 'Ward 4 Cilgerran', u_written: '05/10/2026',
    u_admission_note: `71 year old, admitted from the emergency unit after a fall on the stairs at home. Left hip pain, leg short and turned out. Did not hit her head. She thinks her leg gave way and her speech was odd for a few minutes before the fall, ?TIA.
PMH: Ondrellosis (2018, under Dr Cadnant), history of CVA in 2020 with a weak left hand since, COPD, osteoporosis, hysterectomy.
DH: aspirin 75 mg, bisoprolol 2.5 mg, inhalers, alendronic acid weekly. Allergic to codeine (vomiting).
SH: widowed, lives alone in a house, carer once a day, walks with a frame. Ex-smoker, 30 pack years.
O/E: comfortable with a block. ↑ BP 184/92, pulse 88 regular, sats 93% on air, temp 37.1. Chest: wheeze both sides.
X-ray: displaced intracapsular fracture of the left neck of femur.`,
    u_preassessment: `ASA 3. Ondrellosis stable, no airway trouble expected. SOB after one flight of stairs, FEV1 58% in May. Echo 2024: mild LVH, EF 55%.
Spinal with light sedation planned. Group and save sent. Aspirin to continue.`,
    u_operation_note: `03/10/2026. Cemented hemiarthroplasty, left hip. Surgeon Mr Ferris, assistant Dr Oyelaran. Spinal.
Lateral approach. Head removed in one piece, size 46. Canal prepared, cement in the third generation way, stem and head in, stable in all directions.
Tissues looked as expected with Ondrellosis. Closed in layers, clips. Blood loss 300 ml.
Weight bear as able. Bloods and X-ray tomorrow. Enoxaparin for 28 days.`,
    u_ward_round: `05/10 Mr Ferris: day 2. Pain controlled, sat out, two steps with the physiotherapist. Wound dry. Hb 92, no transfusion. Ondrellosis tablets restarted.
04/10 Orthogeriatrics: confused overnight, pulled the cannula out. Temp 38.0, crackles at the right base, query infection: cultures, chest X-ray, doxycycline. Bladder scan 120 ml. 4AT 5.
04/10 Night: called at 02:10, shaking of the right arm for thirty seconds and then drowsy. Glucose 6.2, sats 91% on air. Probable seizure or rigor, no more since. CT head asked for.
03/10 Recovery: stable, block working, observations every four hours.`,
    u_results: `CT head 04/10: old right lacunar infarct, no bleed. Chest X-ray: right basal consolidation. Hb 92, WCC 13.1, CRP 142, Na 133, eGFR 61. Ondrellosis screen sent to Cardiff.`,
    u_discharge_plan: `Aim for home with reablement in a week. Physiotherapy and OT home visit. Bone health: DEXA not needed, zoledronate at six weeks. Stroke team to see before she goes. Ondrellosis clinic in January.`,
  },
  {
    sys_id: 'b20e94c7f1', number: 'EPI0032017', u_patient: 'YNYR, Ceri (Mr)', u_nhs_number: '999 365 9088', u_dob: '28/12/1979', u_hospital_number: 'K802266',
    u_consultant: 'Dr P. Llangors', u_specialty: 'Acute Medicine', u_admitted: '06/10/2026', u_ward: 'Acute Medical Unit', u_written: '08/10/2026',
    u_admission_note: `46 year old lorry driver with Caverthemia, sent in by the GP with a headache of five days and a numb left cheek. Light hurts his eyes, sick twice. No neck stiffness, no rash. Walked in.
Impression: likely migraine, first of this kind. Please rule out MS, as his sister has it and he had blurred sight in one eye for a week in 2023.
PMH: Caverthemia (2009), asthma, hernia repair. DH: salbutamol, folic acid. NKDA.
SH: married, two children, never smoked, 10 units a week.
O/E: GCS 15, BP 136/82, pulse 70, temp 36.9, fundi normal, power and tone normal, less feeling over the left V2.`,
    u_preassessment: `Not for theatre. Seen for lumbar puncture only: platelets 212, INR 1.0, no anticoagulant, consent signed. Caverthemia does not change the risk.`,
    u_operation_note: `07/10/2026. Lumbar puncture by Dr Amadi, L3/4, left side, second pass. Opening pressure 17 cm. Clear fluid, four bottles and a glucose. Caverthemia noted on the form. Lay flat for an hour, no complications.`,
    u_ward_round: `08/10 Dr Llangors: y claf yn well heddiw, dim cur pen ers y bore. Caverthemia yn sefydlog. Bwyta ac yfed yn iawn, wedi cerdded i'r ystafell ymolchi. Dim SOB. Cafodd y teulu wybod am ganlyniad y sgan.
07/10 Dr Llangors: headache less after sumatriptan. ↑ BP 158/96 overnight, settled by the morning. MRI today.
06/10 Night: slept after paracetamol. Observations stable.`,
    u_results: `MRI brain 07/10: two small white matter spots, not typical, no enhancement. CSF: WCC 1, protein 0.32, glucose 3.6, oligoclonal bands awaited. Hb 118, known Caverthemia. ESR 8.`,
    u_discharge_plan: `Home today with a headache diary. Neurology clinic in six weeks with the bands. No driving of lorries until seen. Caverthemia bloods by the GP in a month.`,
  },
];

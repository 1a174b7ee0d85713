/* Invented people. Letters as the typists broke their lines. */
export const patients = [
  {
    surname: 'MERRICK, Angharad (Miss)', nhs: '999 730 4616', crn: 'H204417', dob: '19-Aug-1959', consultant: 'Miss L. Corwen', specialty: 'General Surgery', admitted: '05-Oct-2026', discharged: '09-Oct-2026', epno: 'E0058812',
    type: 'Discharge letter', typed: '10-Oct-2026', signed: 'Dr K. Ashdown, FY2',
    letter: `Dear Doctor,

Re: admission to Ward 11 under Miss Corwen.

DIAGNOSIS
Brellanoma of the caecum, right hemicolectomy.

OPERATION                                  06-Oct-2026
Laparoscopic right hemicolectomy under general anaesthetic. Findings:
a mobile mass in the caecum, no disease on the liver or peritoneum.
Stapled side to side anastomosis. Blood loss 150 ml. Two doses of
co-amoxiclav given.

PROGRESS
Day 1: sat out, sips. Day 2: temperature of 38.2 and SOB at rest, chest
X-ray with left basal change, query infection. Started on intravenous
antibiotics, changed to tablets on day 3. CTPA showed no clot.
On the evening of day 2 she had ten minutes of jumbled words with a
right facial droop, ?TIA. CT head was normal. There is a history of CVA
in her mother. The stroke nurse saw her and clopidogrel was started.
Day 4: bowels open, eating, wound clean and dry.

RESULTS
Hb        98     (was 121)
WCC       14.2   then 9.8
CRP       188    then 41
Creat     76

MEDICINES ON DISCHARGE
clopidogrel   75 mg   once a day     NEW
paracetamol   1 g     four times     NEW
ramipril      5 mg    once a day     increased, ↑ BP on the ward

PLAN
Histology of the Brellanoma to the MDT on Thursday. Clips out by the
practice nurse on day 10. Clinic in four weeks. Stroke clinic referral
sent.

Yours sincerely,`,
  },
  {
    surname: 'TREHARNE, Emrys (Mr)', nhs: '999 841 7724', crn: 'H198203', dob: '03-Mar-1944', consultant: 'Dr A. Meurig', specialty: 'Care of the Elderly', admitted: '14-Oct-2026', discharged: '20-Oct-2026', epno: 'E0058990',
    type: 'Llythyr rhyddhau', typed: '21-Hyd-2026', signed: 'Dr A. Meurig, ymgynghorydd',
    letter: `Annwyl Feddyg,

Parthed: arhosiad ar Ward Tegid o dan ofal Dr Meurig.

DIAGNOSIS
Pumsaintia hysbys ers 2011. Cwympiadau.

HANES
Daeth Mr Treharne i mewn ar ôl cwympo yn y gegin gyda'r nos. Nid oedd
wedi taro ei ben. Dywedodd ei ferch fod ei leferydd yn aneglur am ryw
bum munud y bore hwnnw: ?TIA. Roedd ganddo SOB wrth ddringo'r grisiau
ers wythnos, a pheswch gwlyb. Mae hanes o strôc yn y teulu.

ARCHWILIAD
↑ BP o 178/96 wrth orwedd, 142/80 wrth sefyll. Curiad y galon yn
afreolaidd. Crepitasiynau ar waelod yr ysgyfaint chwith. Dim gwendid
yn y breichiau na'r coesau. AMT 8/10.

CANLYNIADAU
CT pen      hen gnawdnychiad bach ar y dde, dim byd newydd
CRP         64
Wrin        gwyn +, query infection, MSU heb dyfiant

CYNNYDD
Cafodd wrthfiotigau am bum niwrnod ac fe wellodd y peswch. Gwelwyd ef
gan y ffisiotherapydd ac mae'n cerdded gyda ffrâm. Bu'r fferyllydd yn
adolygu ei dabledi, a stopiwyd y doxazosin.

CYNLLUN
Bydd gofalwyr yn galw ddwywaith y dydd. Tâp 72 awr fel claf allanol.
Clinig Pumsaintia ymhen deufis, a phrawf gwaed gyda chi ymhen
wythnos. Diolch yn fawr am eich gofal.

Yn gywir,`,
  },
];

/** A department's list of coded episodes, invented: the numbers of patients are none that was ever given out. */
export function codedFile(rows: number): string {
  const diagnoses = ['G40.9', 'G35.X', 'H26.9', 'M06.9', 'G43.9 I10.X', 'G61.8 E11.9', 'H25.1 I10.X', 'M05.9 E03.9'];
  const procedures = ['', 'X92.1', 'C75.1 C71.2 Z94.2', 'X92.3', '', 'X35.2', 'C75.1 C71.2 Z94.3', 'W90.3 Z84.6'];
  const specialties = ['Neurology', 'Neurology', 'Ophthalmology', 'Rheumatology', 'Neurology', 'Neurology', 'Ophthalmology', 'Rheumatology'];
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = (shift: number): string => new Date(Date.UTC(2026, 8, 1 + (at % 25) + shift)).toISOString().slice(0, 10);
    return [`X${String(100_000 + at)}`, String(at + 1), specialties[at % 8], day(0), day(at % 3), day(9), at % 5 === 0 ? 'primary' : 'full', `coder-${'abc'[at % 3]}`, ['typed', 'suggestion', 'one-key', 'typed'][at % 4], diagnoses[at % 8], procedures[at % 8]].join(',');
  });
  return ['Patient,Episode,Specialty,Admitted,Discharged,Coded,Depth,Coder,Lane,Diagnoses,Procedures', ...lines].join('\r\n');
}

/** How codes are put on the clipboard for a department's encoder. No encoder in use publishes what it takes, so it is the person's choice. */
export interface EncoderFormat {
  /** `C75.1`, or `C751` as a code is sent. */
  readonly dotted: boolean;
  /** `lines`: a code on each line. `tabs`: a line of diagnoses and a line of procedures, their codes parted by tabs. */
  readonly layout: 'lines' | 'tabs';
  /** How a line ends: Windows programs expect `crlf`. */
  readonly lineEnd: 'crlf' | 'lf';
}

/**
 * The name of OPCS-4 in FHIR. Unverified: no source was found that publishes one, so a health board may set what its server knows.
 */
export const defaultOpcs4Name = 'https://fhir.hl7.org.uk/CodeSystem/OPCS-4';

/** What a Windows program with one field per code takes most often. */
export const defaultEncoderFormat: EncoderFormat = { dotted: true, layout: 'lines', lineEnd: 'crlf' };

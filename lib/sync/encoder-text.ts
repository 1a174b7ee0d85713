import { writtenCode } from '../model/code.js';
import type { EncoderFormat } from '../model/encoder.js';
import { placedCodes, type CodedRecord } from './coded-record.js';

/**
 * Codes as an encoder takes them: diagnoses, then procedures, each in recording order, and nothing else.
 * No mark at the start and no line end after the last code, which would be an empty row in a grid. Empty where nothing is coded.
 */
export function encoderText({ coded }: Pick<CodedRecord, 'coded'>, { dotted, layout, lineEnd }: EncoderFormat): string {
  const parts = [coded.diagnoses, coded.procedures].map((units) => placedCodes(units).map(({ code }) => (dotted ? writtenCode(code) : code)));
  const lines = layout === 'lines' ? parts.flat() : parts.filter((codes) => codes.length > 0).map((codes) => codes.join('\t'));
  return lines.join(lineEnd === 'crlf' ? '\r\n' : '\n');
}

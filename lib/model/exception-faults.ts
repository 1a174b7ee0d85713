import { fail, succeed, type Result } from '../base/result.js';
import { exceptionChoices, exceptionFields, exceptionOperators, fieldKinds, operatorsOf, type ExceptionCriterion, type ExceptionField, type ExceptionList, type ExceptionOperator, type ExceptionValue } from './exception.js';

export const exceptionFaultKinds = ['not-a-list', 'too-many', 'unknown-part', 'id', 'id-twice', 'field', 'operator', 'number', 'yes-no', 'choice', 'treatment-function', 'code', 'one-only', 'empty', 'reason', 'order', 'order-twice', 'date', 'dates-reversed'] as const;

/** What is wrong with a list: in which of its lines (from 0; null for the list itself), in which part. */
export interface ExceptionFault {
  readonly at: number | null;
  readonly part: keyof ExceptionCriterion | 'list';
  readonly problem: (typeof exceptionFaultKinds)[number];
}

/** Lines that a list may have; more than that nobody reads. */
export const mostCriteria = 200;
const longestReason = 120;
const idShape = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const parts: readonly string[] = ['id', 'field', 'operator', 'value', 'reason', 'order', 'from', 'to', 'ask'] satisfies readonly (keyof ExceptionCriterion)[];
const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> => typeof given === 'object' && given !== null && !Array.isArray(given);
/** A letter, then as many characters of the code as are meant. */
const beginning = /^[A-Z](?:\d(?:\d[\dX]?)?)?$/;
const range = /^([A-Z]\d\d[\dX]?)[–-]([A-Z]\d\d[\dX]?)$/;

/** Is it a day of the calendar, YYYY-MM-DD? */
export function isCalendarDay(given: unknown): given is string {
  return typeof given === 'string' && /^\d{4}-\d\d-\d\d$/.test(given) && new Date(`${given}T00:00:00Z`).toJSON()?.startsWith(given) === true;
}

/** A code, beginning or range as people write it (`c00-c97`, `S72.0`), in the form that lists hold. */
export function plainCode(written: string): string {
  return written.trim().toUpperCase().replace(/[.\s]/g, '').replace(/-(?=[A-Z])/, '–').replace(/-$/, '');
}

/** Reads what somebody wrote as a list of criteria: all of it or its faults. A list holds no words of a patient; the reasons are the manager's. */
export function checkExceptions(given: unknown): Result<ExceptionList, { readonly kind: 'faults'; readonly faults: readonly ExceptionFault[] }> {
  const faults: ExceptionFault[] = [];
  const list = (problem: ExceptionFault['problem']) => fail({ kind: 'faults' as const, faults: [{ at: null, part: 'list' as const, problem }] });
  if (!isRecord(given) || !Array.isArray(given['criteria']) || (given['status'] !== 'placeholder' && given['status'] !== 'agreed')) return list('not-a-list');
  if (Object.keys(given).some((key) => key !== 'criteria' && key !== 'status')) return list('unknown-part');
  const lines: readonly unknown[] = given['criteria'];
  if (lines.length > mostCriteria) return list('too-many');
  const seen = { id: new Set<unknown>(), order: new Set<unknown>() };
  const criteria = lines.map((line, at): ExceptionCriterion | null => {
    const before = faults.length;
    const wrong = (part: ExceptionFault['part'], problem: ExceptionFault['problem']): void => { faults.push({ at, part, problem }); };
    if (!isRecord(line)) { wrong('list', 'not-a-list'); return null; }
    if (Object.keys(line).some((key) => !parts.includes(key))) wrong('list', 'unknown-part');
    const { id, order, from, to, reason, ask = true, value } = line;
    if (typeof id !== 'string' || !idShape.test(id) || id.length > 48 || id === 'default' || id === 'coder') wrong('id', 'id');
    else if (seen.id.has(id)) wrong('id', 'id-twice');
    if (typeof order !== 'number' || !Number.isInteger(order) || order < 1 || order > 9_999) wrong('order', 'order');
    else if (seen.order.has(order)) wrong('order', 'order-twice');
    seen.id.add(id); seen.order.add(order);
    const field = exceptionFields.find((one) => one === line['field']);
    const operator = exceptionOperators.find((one) => one === line['operator']);
    if (!field) wrong('field', 'field');
    else if (!operator || !(operatorsOf[fieldKinds[field]] as readonly ExceptionOperator[]).includes(operator)) wrong('operator', 'operator');
    else { const problem = valueFault(field, operator, value); if (problem) wrong('value', problem); }
    const isReason = (words: unknown): boolean => typeof words === 'string' && words.trim() !== '' && words.length <= longestReason;
    if (!isRecord(reason) || !isReason(reason['en']) || !isReason(reason['cy']) || Object.keys(reason).length !== 2) wrong('reason', 'reason');
    if (from !== null && !isCalendarDay(from)) wrong('from', 'date');
    if (to !== null && !isCalendarDay(to)) wrong('to', 'date');
    else if (isCalendarDay(from) && isCalendarDay(to) && to < from) wrong('to', 'dates-reversed');
    if (typeof ask !== 'boolean') wrong('ask', 'yes-no');
    // Every part has been checked above.
    return faults.length > before ? null : { id, field, operator, value, reason, order, from, to, ask } as ExceptionCriterion;
  });
  return faults.length > 0 ? fail({ kind: 'faults', faults }) : succeed({ status: given['status'], criteria: criteria.flatMap((one) => one ?? []) });
}

function valueFault(field: ExceptionField, operator: ExceptionOperator, value: unknown): ExceptionFault['problem'] | null {
  const kind = fieldKinds[field];
  if (kind === 'number') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 9_999 ? null : 'number';
  if (kind === 'yes-no') return typeof value === 'boolean' ? null : 'yes-no';
  if (!Array.isArray(value) || value.length === 0) return 'empty';
  const given = value as readonly unknown[];
  if ((operator === '=' || operator === '≠') && given.length > 1) return 'one-only';
  const isWord = (one: unknown): boolean => {
    if (typeof one !== 'string') return false;
    if (kind === 'specialty') return operator === 'starts-with' ? /^\d{1,3}$/.test(one) : /^\d{3}$/.test(one);
    if (kind === 'codes') {
      if (operator === '=' || operator === '≠') return /^[A-Z]\d\d[\dX]$/.test(one);
      if (beginning.test(one)) return true;
      const [, first, last] = range.exec(one) ?? [];
      return operator === 'in' && first !== undefined && last !== undefined && first.length === last.length && first <= last;
    }
    return choicesOf(field).includes(one);
  };
  if (given.length <= mostCriteria && given.every(isWord)) return null;
  return kind === 'specialty' ? 'treatment-function' : kind === 'codes' ? 'code' : 'choice';
}

/** The words that a field is chosen from; none where it is not. */
export function choicesOf(field: ExceptionField): readonly string[] {
  return field in exceptionChoices ? exceptionChoices[field as keyof typeof exceptionChoices] : [];
}

/** What somebody typed into the box for a value, as a list holds it; what cannot be read stays as typed and is a fault. */
export function readValue(field: ExceptionField, typed: string): ExceptionValue {
  switch (fieldKinds[field]) {
    case 'number': return typed.trim() === '' ? Number.NaN : Number(typed);
    case 'yes-no': return typed === 'yes';
    case 'choice': case 'specialty': return typed.split(/[,;\s]+/).filter(Boolean);
    case 'codes': return typed.replace(/\s*[–-]\s*(?=[A-Za-z])/g, '–').split(/[,;\s]+/).map(plainCode).filter(Boolean);
  }
}

/** A value as it stands in the box. */
export function writeValue(value: ExceptionValue): string {
  return typeof value === 'number' ? Number.isNaN(value) ? '' : String(value) : typeof value === 'boolean' ? value ? 'yes' : 'no' : value.join(', ');
}

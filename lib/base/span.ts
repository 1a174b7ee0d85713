/** Half-open range [start, end) of UTF-16 offsets into one document's text. Shaped after the W3C TextPositionSelector. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when the two spans share at least one UTF-16 unit. Empty spans overlap nothing. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Half-open range [start, end) of UTF-16 offsets into one document's text. Shaped after the W3C TextPositionSelector. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when the two spans share at least one UTF-16 unit. Empty spans overlap nothing. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** True when `outer` holds the whole of `inner`. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** True when the span lies inside a text of `length` UTF-16 units and is not empty. */
export function isInside(span: Span, length: number): boolean {
  return Number.isInteger(span.start) && Number.isInteger(span.end) && span.start >= 0 && span.start < span.end && span.end <= length;
}

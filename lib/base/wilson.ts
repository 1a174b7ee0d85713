/** Wilson's score interval of a share (E. B. Wilson, JASA 1927, 22:209): both ends as fractions from 0 to 1, where `hits` of `of` (above 0) were seen and `z` is the normal quantile of its two sides. */
export function wilsonEnds(hits: number, of: number, z: number): readonly [number, number] {
  const share = hits / of;
  const square = (z * z) / of;
  const half = z * Math.sqrt((share * (1 - share)) / of + square / (4 * of));
  return [Math.max(0, (share + square / 2 - half) / (1 + square)), Math.min(1, (share + square / 2 + half) / (1 + square))];
}

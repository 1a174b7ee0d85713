/** One-sided 95 %, so two-sided 90 %: the bound that one-key proposals are held to. */
const z90 = 1.6449;

/**
 * Lower end of Wilson's 90 % interval of a share (Wilson 1927): how good a record is at the least. 0 where nothing was seen.
 */
export function wilsonLower(accepted: number, seen: number): number {
  if (seen <= 0) return 0;
  const share = accepted / seen;
  const square = (z90 * z90) / seen;
  return (share + square / 2 - z90 * Math.sqrt((share * (1 - share)) / seen + square / (4 * seen))) / (1 + square);
}

/** Mean of a Beta-Binomial: a record of `accepted` of `seen` shrunk towards what was believed before, which weighs as much as `strength` episodes. */
export function shrunkShare(accepted: number, seen: number, before: number, strength: number): number {
  return (accepted + before * strength) / (seen + strength);
}

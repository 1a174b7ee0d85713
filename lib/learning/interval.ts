import { wilsonEnds } from '../base/wilson.js';

/** One-sided 95 %, so two-sided 90 %: the bound that one-key proposals are held to. */
const z90 = 1.6449;

/**
 * Lower end of Wilson's 90 % interval of a share (Wilson 1927): how good a record is at the least. 0 where nothing was seen.
 */
export function wilsonLower(accepted: number, seen: number): number {
  return seen <= 0 ? 0 : wilsonEnds(accepted, seen, z90)[0];
}

/** Mean of a Beta-Binomial: a record of `accepted` of `seen` shrunk towards what was believed before, which weighs as much as `strength` episodes. */
export function shrunkShare(accepted: number, seen: number, before: number, strength: number): number {
  return (accepted + before * strength) / (seen + strength);
}

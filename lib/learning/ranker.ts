/** One feature of a candidate: its name and value. */
export type Feature = readonly [name: string, value: number];

/** Settings of FTRL-proximal (McMahan 2013): learning rate, its smoothing, L1 and L2. */
export interface RankerOptions {
  readonly alpha: number;
  readonly beta: number;
  readonly l1: number;
  readonly l2: number;
}

export const usualRanker: RankerOptions = { alpha: 0.3, beta: 1, l1: 0.3, l2: 1 };

/** An online logistic model. `z` and `n` by feature are all its state, so that it can be kept and taken up again. */
export interface Ranker {
  readonly options: RankerOptions;
  readonly state: Map<string, { z: number; n: number }>;
}

/** A ranker that has learned nothing, or goes on from what another had learned. */
export function createRanker(options: RankerOptions = usualRanker, from: Iterable<readonly [string, { readonly z: number; readonly n: number }]> = []): Ranker {
  return { options, state: new Map([...from].map(([name, { z, n }]) => [name, { z, n }])) };
}

function weightOf({ options: { alpha, beta, l1, l2 }, state }: Ranker, name: string): number {
  const held = state.get(name);
  if (!held || Math.abs(held.z) <= l1) return 0;
  return -(held.z - Math.sign(held.z) * l1) / ((beta + Math.sqrt(held.n)) / alpha + l2);
}

/** How sure the ranker is that a candidate with these features is right: 0–1. */
export function sureness(ranker: Ranker, features: readonly Feature[]): number {
  let sum = 0;
  for (const [name, value] of features) sum += weightOf(ranker, name) * value;
  return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, sum))));
}

/** Learns from one decision. */
export function teach(ranker: Ranker, features: readonly Feature[], right: boolean): void {
  const { options: { alpha }, state } = ranker;
  const error = sureness(ranker, features) - (right ? 1 : 0);
  const weights = features.map(([name]) => weightOf(ranker, name));
  features.forEach(([name, value], at) => {
    const gradient = error * value;
    const held = state.get(name) ?? { z: 0, n: 0 };
    const sigma = (Math.sqrt(held.n + gradient * gradient) - Math.sqrt(held.n)) / alpha;
    held.z += gradient - sigma * (weights[at] as number);
    held.n += gradient * gradient;
    state.set(name, held);
  });
}

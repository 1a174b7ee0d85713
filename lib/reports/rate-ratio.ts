/** Events in so many units of exposure. */
export interface CountedRate {
  readonly count: number;
  /** Greater than nought. */
  readonly exposure: number;
}

/** How many times the first rate the second is, with its interval; `upper` is infinite where the first counted nothing. */
export interface RateRatio {
  readonly ratio: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The ratio of two Poisson rates with its exact interval: given both counts together, the second is binomial, so the
 * limits of Clopper and Pearson (1934) for its share carry over (Przyborowski and Wilenski, Biometrika 31, 1940; as
 * `poisson.test` of R). It holds its level or better, and is on the safe side where an episode counts once at most.
 * Null where nothing was counted, or nothing read.
 */
export function rateRatio(before: CountedRate, after: CountedRate, confidence = 0.95): RateRatio | null {
  const both = before.count + after.count;
  if (both === 0 || before.exposure <= 0 || after.exposure <= 0) return null;
  const tail = (1 - confidence) / 2;
  const odds = (share: number): number => (share >= 1 ? Infinity : (share / (1 - share)) * (before.exposure / after.exposure));
  return {
    ratio: odds(after.count / both),
    lower: after.count === 0 ? 0 : odds(betaQuantile(tail, after.count, before.count + 1)),
    upper: before.count === 0 ? Infinity : odds(betaQuantile(1 - tail, after.count + 1, before.count)),
  };
}

/** Where the beta distribution reaches a probability, found by halving. */
function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Regularised incomplete beta function by its continued fraction (DLMF 8.17.22), from the side on which it converges fast. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Lentz's way of working out the fraction. */
function betaFraction(x: number, a: number, b: number): number {
  const safe = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const terms = [(m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)), (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))];
    let change = 1;
    for (const term of terms) {
      d = 1 / safe(1 + term * d);
      c = safe(1 + term / c);
      change = d * c;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-14) break;
  }
  return fraction;
}

const lanczos = [676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7];

/** Natural logarithm of the gamma function for arguments of at least 0.5 (Lanczos, g = 7). */
function logGamma(x: number): number {
  const at = x - 1;
  const base = at + 7.5;
  const sum = lanczos.reduce((total, coefficient, place) => total + coefficient / (at + place + 1), 0.99999999999980993);
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum);
}

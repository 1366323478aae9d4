import { exponential, naturalLogarithm } from './elementary-functions.ts';

/** Coefficients of a quotient of two polynomials, the constant term first. */
type Quotient = { readonly numerator: readonly number[]; readonly denominator: readonly number[] };

/** For probabilities within 0.425 of one half, in 0.180625 - (p - ½)². */
const CENTRE: Quotient = {
  numerator: [
    3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4,
    2.5090809287301226727e3,
  ],
  denominator: [
    1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.930789580009271061e4, 2.8729085735721942674e4,
    5.226495278852854561e3,
  ],
};
/** For what is further out, down to a tail of 1.4e-11, in √(-ln tail) - 1.6. */
const NEAR_TAIL: Quotient = {
  numerator: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2,
    7.7454501427834140764e-4,
  ],
  denominator: [
    1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1,
    1.4810397642748007459e-1, 1.51986665636164571966e-2, 5.475938084995344946e-4,
    1.05075007164441684324e-9,
  ],
};
/** For what is further out still, in √(-ln tail) - 5. */
const FAR_TAIL: Quotient = {
  numerator: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
    2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5,
    2.01033439929228813265e-7,
  ],
  denominator: [
    1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2,
    7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
    2.04426310338993978564e-15,
  ],
};

const SQRT_TWO_PI = 2.5066282746310005;
/** Where the continued fraction of the tail takes over from the series of the centre. */
const TAIL_BEGINS = 2;
/** From there the continued fraction is exact to a double after so many terms. */
const TAIL_TERMS = 160;

function evaluatePolynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

function evaluateQuotient(quotient: Quotient, x: number): number {
  return evaluatePolynomial(quotient.numerator, x) / evaluatePolynomial(quotient.denominator, x);
}

/**
 * The value that a standard normal variable stays below with the given probability.
 *
 * @param probability  From 0 to 1.
 * @returns -Infinity at 0, Infinity at 1, NaN outside; in between the relative error is below
 *   1e-14 as far as the probability itself is exact.
 * @source M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988); SPEC rule MATH-3.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    return Number.NaN;
  }
  const distance = probability - 0.5;
  if (Math.abs(distance) <= 0.425) {
    return distance * evaluateQuotient(CENTRE, 0.180625 - distance * distance);
  }
  const tail = distance < 0 ? probability : 1 - probability;
  if (tail === 0) {
    return distance < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const root = Math.sqrt(-naturalLogarithm(tail));
  const quantile =
    root <= 5 ? evaluateQuotient(NEAR_TAIL, root - 1.6) : evaluateQuotient(FAR_TAIL, root - 5);
  return distance < 0 ? -quantile : quantile;
}

function normalDensity(z: number): number {
  return exponential((-z * z) / 2) / SQRT_TWO_PI;
}

/** The probability beyond `z`, from Laplace's continued fraction. For z of at least 2. */
function upperTail(z: number): number {
  let denominator = z;
  for (let term = TAIL_TERMS; term > 0; term--) {
    denominator = z + term / denominator;
  }
  return normalDensity(z) / denominator;
}

/** The probability from 0 to `z`, from the series z + z³/3 + z⁵/15 + … times the density. */
function centralArea(z: number): number {
  let term = z;
  let sum = z;
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * Number.EPSILON; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum * normalDensity(z);
}

/**
 * The probability that a standard normal variable is at most z: the inverse of
 * {@link normalQuantile}.
 *
 * @param z  Any number; NaN gives NaN.
 * @returns From 0 to 1; the relative error is below 1e-12, in the lower tail too.
 * @source G. Marsaglia, Evaluating the Normal Distribution, J. Stat. Softw. 11(4) (2004), for the
 *   series; SPEC rule MATH-4.
 */
export function normalProbability(z: number): number {
  if (Math.abs(z) < TAIL_BEGINS) {
    return 0.5 + centralArea(z);
  }
  return z < 0 ? upperTail(-z) : 1 - upperTail(z);
}

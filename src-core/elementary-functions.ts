/** The natural logarithm of 2 in two parts: the product of the first with an exponent is exact. */
const LN_2_HIGH = 0.6931471803691238;
const LN_2_LOW = 1.9082149292705877e-10;
const LN_2 = LN_2_HIGH + LN_2_LOW;
const SQRT_2 = Math.sqrt(2);
const SQRT_HALF = Math.sqrt(0.5);

/** e^x leaves the range of a double above the first bound and vanishes below the second. */
const LARGEST_EXPONENT = 709.782712893384;
const SMALLEST_EXPONENT = -745.1332191019412;

/** Terms after which the series below no longer change a double. */
const EXPONENTIAL_TERMS = 16;
const LOGARITHM_TERMS = 12;

/** 2^512, 2^256, … 2: enough to reach every exponent of a double. */
const POWERS_OF_TWO: readonly { readonly exponent: number; readonly value: number }[] = (() => {
  const powers = [{ exponent: 1, value: 2 }];
  for (let exponent = 2, value = 4; exponent <= 512; exponent *= 2, value *= value) {
    powers.unshift({ exponent, value });
  }
  return powers;
})();

/** `value` × 2^`exponent`, exact unless the result leaves the normal range of a double. */
function scaleByPowerOfTwo(value: number, exponent: number): number {
  let scaled = value;
  let remaining = Math.abs(exponent);
  for (const power of POWERS_OF_TWO) {
    while (remaining >= power.exponent) {
      scaled = exponent < 0 ? scaled / power.value : scaled * power.value;
      remaining -= power.exponent;
    }
  }
  return scaled;
}

/**
 * e to the power of x, the same bits in every engine.
 *
 * x is split into a multiple of ln 2 and a rest of at most ln 2 / 2, whose Taylor series is summed.
 * The relative error is below 1e-15, and larger only where the result is below 2.3e-308.
 *
 * @param x  Any number.
 * @returns Infinity above 709.78, 0 below -745.13, NaN for NaN.
 * @source SPEC rule MATH-1.
 */
export function exponential(x: number): number {
  if (Number.isNaN(x)) {
    return x;
  }
  if (x > LARGEST_EXPONENT) {
    return Number.POSITIVE_INFINITY;
  }
  if (x < SMALLEST_EXPONENT) {
    return 0;
  }
  const exponent = Math.round(x / LN_2);
  const rest = x - exponent * LN_2_HIGH - exponent * LN_2_LOW;
  let sum = 1;
  for (let term = EXPONENTIAL_TERMS; term > 0; term--) {
    sum = 1 + (rest * sum) / term;
  }
  return scaleByPowerOfTwo(sum, exponent);
}

/**
 * The natural logarithm of x, the same bits in every engine.
 *
 * x is split into a power of two and a rest from √½ to √2, whose logarithm is the series of
 * 2 artanh((rest - 1) / (rest + 1)). The relative error is below 1e-15.
 *
 * @param x  Any number.
 * @returns -Infinity for 0, NaN below 0 and for NaN.
 * @source SPEC rule MATH-2.
 */
export function naturalLogarithm(x: number): number {
  if (Number.isNaN(x) || x < 0) {
    return Number.NaN;
  }
  if (x === 0 || x === Number.POSITIVE_INFINITY) {
    return x === 0 ? Number.NEGATIVE_INFINITY : x;
  }
  let rest = x;
  let exponent = 0;
  for (const power of POWERS_OF_TWO) {
    while (rest > power.value) {
      rest /= power.value;
      exponent += power.exponent;
    }
    while (rest * power.value < 1) {
      rest *= power.value;
      exponent -= power.exponent;
    }
  }
  // What remains is from ½ to 2.
  if (rest > SQRT_2) {
    rest /= 2;
    exponent += 1;
  } else if (rest < SQRT_HALF) {
    rest *= 2;
    exponent -= 1;
  }
  const ratio = (rest - 1) / (rest + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let term = LOGARITHM_TERMS; term >= 0; term--) {
    sum = sum * square + 1 / (2 * term + 1);
  }
  return exponent * LN_2_HIGH + (exponent * LN_2_LOW + 2 * ratio * sum);
}

/**
 * Natural logarithm and exponential from the four operations alone, which IEEE 754 fixes to the last bit. The ones in
 * `Math` may differ between CPUs and V8 versions, and one bit is enough to send two replays of a run apart.
 * Both are within 2 units in the last place of the true value.
 */

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const SQRT_HALF = Math.SQRT1_2;

const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm. `ln(0)` is -Infinity; a negative argument gives NaN. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let exponent = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984; // 2^54
    exponent = -54;
  }
  bits.setFloat64(0, value);
  const high = bits.getInt32(0);
  exponent += ((high >>> 20) & 0x7ff) - 1022;
  bits.setInt32(0, (high & 0x800fffff) | 0x3fe00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa < SQRT_HALF) {
    mantissa *= 2;
    exponent--;
  }
  // ln m = 2 artanh s with s = (m - 1) / (m + 1); |s| <= 0.1716, so 11 terms reach 1e-17.
  const f = mantissa - 1;
  const s = f / (2 + f);
  const z = s * s;
  let series = 0;
  for (let k = 23; k >= 3; k -= 2) series = (series + 1 / k) * z;
  return exponent * LN2_HIGH + (2 * s + (2 * s * series + exponent * LN2_LOW));
}

/** e to the power x. */
export function exp(x: number): number {
  if (x !== x) return Number.NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  // |r| <= 0.3466: Taylor's series to the 15th term leaves less than 1e-19.
  let series = 1;
  for (let n = 15; n >= 1; n--) series = 1 + (r / n) * series;
  return scaleByPowerOfTwo(series, k);
}

function scaleByPowerOfTwo(value: number, exponent: number): number {
  if (exponent >= -1022 && exponent <= 1023) return value * powerOfTwo(exponent);
  // In two steps, since 2^exponent itself is no normal number here.
  const half = Math.trunc(exponent / 2);
  return value * powerOfTwo(half) * powerOfTwo(exponent - half);
}

function powerOfTwo(exponent: number): number {
  bits.setInt32(0, (exponent + 1023) << 20);
  bits.setInt32(4, 0);
  return bits.getFloat64(0);
}

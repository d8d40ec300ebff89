/**
 * Logarithm and exponential to 300 binary digits in bigints: slow, and right by the plain definition. It says by how
 * many units in the last place a double is off.
 */
const DIGITS = 300n;
const ONE = 1n << DIGITS;

const bits = new DataView(new ArrayBuffer(8));

/** A double as mantissa x 2^exponent. The mantissa's last binary digit is the double's unit in the last place. */
function decompose(x: number): { mantissa: bigint; exponent: bigint } {
  bits.setFloat64(0, x);
  const word = bits.getBigUint64(0);
  const biased = (word >> 52n) & 0x7ffn;
  const fraction = word & ((1n << 52n) - 1n);
  const mantissa = biased === 0n ? fraction : fraction + (1n << 52n);
  return { mantissa: word >> 63n === 1n ? -mantissa : mantissa, exponent: (biased === 0n ? 1n : biased) - 1075n };
}

/** Units in the last place of `found` between it and `exact` / 2^DIGITS x 2^scale, in thousandths. */
function errorIn(found: number, exact: bigint, scale: bigint): number {
  // The series are cut off, so a true 0 comes out of them as next to nothing.
  if (found === 0) return exact >> 20n === 0n || exact >> 20n === -1n ? 0 : Infinity;
  const { mantissa, exponent } = decompose(found);
  const ulp = shifted(1n, DIGITS + exponent - scale);
  const difference = shifted(mantissa, DIGITS + exponent - scale) - exact;
  return Number(((difference < 0n ? -difference : difference) * 1000n) / ulp) / 1000;
}

function shifted(value: bigint, by: bigint): bigint {
  if (by < 0n && value === 1n) throw new RangeError("more digits are needed here");
  return by >= 0n ? value << by : value >> -by;
}

/** 2 artanh(n / d) by its series. */
function twoArtanh(n: bigint, d: bigint): bigint {
  const s = (n * ONE) / d;
  const square = (s * s) >> DIGITS;
  let power = s;
  let sum = 0n;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> DIGITS;
  }
  return 2n * sum;
}

const LN_2 = twoArtanh(1n, 3n);

/** How far `found` is from the natural logarithm of a positive double, in units in the last place. */
export function lnErrorUlps(x: number, found: number): number {
  const { mantissa, exponent } = decompose(x);
  const length = BigInt(mantissa.toString(2).length);
  // x = m 2^e with m in [1/2, 1).
  const half = 1n << length;
  return errorIn(found, twoArtanh(mantissa - half, mantissa + half) + (exponent + length) * LN_2, 0n);
}

/** How far `found` is from e^x, in units in the last place. */
export function expErrorUlps(x: number, found: number): number {
  const { mantissa, exponent } = decompose(x);
  const argument = shifted(mantissa, DIGITS + exponent);
  const k = argument / LN_2;
  const rest = argument - k * LN_2;
  let term = ONE;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    sum += term;
    term = ((term * rest) >> DIGITS) / n;
  }
  return errorIn(found, sum, k);
}

/** Powers of ten beyond what a float64 has. */
const EXPONENT_MAX = 400;

const NUMBER = /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/i;

/**
 * Writes a number without an exponent, every digit kept and none added: `1e-7` is `0.0000001`, `+1.50E3` is `1500`.
 * @param text a number as programs write it: digits, maybe a point, maybe an exponent
 * @returns undefined where the text is no such number, or one that no float64 comes near
 */
export function plainDecimal(text: string): string | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, fraction] = match;
  const exponent = Number(match[4] ?? 0);
  if (whole + fraction === "" || Math.abs(exponent) > EXPONENT_MAX) return undefined;
  const point = whole.length + exponent;
  const digits = `${"0".repeat(Math.max(0, 1 - point))}${whole}${fraction}`.padEnd(point, "0");
  const at = Math.max(1, point);
  const before = digits.slice(0, at).replace(/^0+(?=\d)/, "");
  const after = digits.slice(at).replace(/0+$/, "");
  const plain = after === "" ? before : `${before}.${after}`;
  return sign === "-" && plain !== "0" ? `-${plain}` : plain;
}

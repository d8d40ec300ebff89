/** Greatest common divisor of two safe integers that are not negative; that of 0 and n is n. */
export function greatestCommonDivisor(first: number, second: number): number {
  let a = first;
  let b = second;
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

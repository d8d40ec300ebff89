/** A property that a life has seen broken. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly property: string;

  constructor(property: string, message: string) {
    super(message);
    this.property = property;
  }
}

export function violated(property: string, message: string): never {
  throw new Violation(property, message);
}

import { expect, test } from "vitest";

import { ColocatedLink } from "./colocated-link.ts";
import { ConstantLink, UniformLink } from "./links.ts";

const NAMES = ["venue", "other venue", "near", "far"];

test("messages between who is colocated and whom take their own time, both ways, and no others", () => {
  const link = new ColocatedLink(new ConstantLink(1_000), (name) =>
    name === "near" ? { beside: "venue", delayNs: 5 } : undefined,
  );
  NAMES.forEach((name, actor) => link.join(actor, name));
  const delays = NAMES.map((_, from) => NAMES.map((__, to) => link.delayNs(from, to, 0)));
  expect(delays).toEqual([
    [1_000, 1_000, 5, 1_000],
    [1_000, 1_000, 1_000, 1_000],
    [5, 1_000, 1_000, 1_000],
    [1_000, 1_000, 1_000, 1_000],
  ]);
});

test("what the others draw does not change by it", () => {
  const uniform = (): UniformLink => new UniformLink({ seed: 1, lowNs: 10, highNs: 1_000 });
  const plain = uniform();
  const link = new ColocatedLink(uniform(), (name) => (name === "near" ? { beside: "venue", delayNs: 5 } : undefined));
  for (const [actor, name] of NAMES.entries()) {
    plain.join(actor, name);
    link.join(actor, name);
  }
  for (let count = 0; count < 20; count++) {
    expect(link.delayNs(2, 0, count * 10_000)).toBe(5);
    expect(link.delayNs(3, 0, count * 10_000)).toBe(plain.delayNs(3, 0, count * 10_000));
  }
});

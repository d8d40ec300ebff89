import type { RandomStream } from "../../core/random.ts";

/** Places joined in pairs, each pair once, by their numbers; what a link is like is said elsewhere. */
export type Joints = readonly (readonly [number, number])[];

/** The first place is the hub. */
export function star(places: number): Joints {
  return count(places - 1).map((i) => [0, i + 1]);
}

export function ring(places: number): Joints {
  if (places < 3) return fullMesh(places);
  return count(places).map((i) => [i, (i + 1) % places]);
}

export function fullMesh(places: number): Joints {
  return count(places).flatMap((b) => count(b).map((a): [number, number] => [a, b]));
}

/** The first place is the root; each place has so many below it, as long as there are any. */
export function tree(places: number, branching: number): Joints {
  return count(places - 1).map((i) => [Math.floor(i / branching), i + 1]);
}

/**
 * Every place has the same number of neighbours, which are drawn: places with open ends are paired at random until all
 * are closed, and all over again where the last ones cannot be (Steger and Wormald 1999).
 * @returns undefined where it did not come about in so many attempts, or came about in pieces
 */
export function randomRegular(places: number, degree: number, random: RandomStream): Joints | undefined {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const joints = pairUp(places, degree, random);
    if (joints !== undefined && isConnected(places, joints)) return joints;
  }
  return undefined;
}

/**
 * A ring in which each place is joined to its `degree` nearest, and then each of these links is led elsewhere with the
 * given probability (Watts and Strogatz 1998).
 */
export function smallWorld(
  places: number,
  options: { readonly degree: number; readonly rewiring: number },
  random: RandomStream,
): Joints | undefined {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const joints = rewire(places, options, random);
    if (isConnected(places, joints)) return joints;
  }
  return undefined;
}

/**
 * Places come one after the other, and each joins `links` of those that are there, the more likely the more links they
 * have (Barabási and Albert 1999). The first `links + 1` are all joined.
 */
export function scaleFree(places: number, links: number, random: RandomStream): Joints {
  const joints: [number, number][] = fullMesh(Math.min(places, links + 1)).map(([a, b]) => [a, b]);
  // Each place stands here once for each of its links, so that a draw from the list is a draw by links.
  const ends = joints.flat();
  for (let place = links + 1; place < places; place++) {
    const chosen = new Set<number>();
    while (chosen.size < links) chosen.add(ends[random.integer(0, ends.length - 1)]);
    for (const other of chosen) {
      joints.push([other, place]);
      ends.push(other, place);
    }
  }
  return joints;
}

/** Each place is joined to the so many that are nearest to it, by a matrix of distances. */
export function nearestNeighbours(distances: readonly (readonly number[])[], neighbours: number): Joints {
  const seen = new Map<string, [number, number]>();
  for (const [place, row] of distances.entries()) {
    const others = count(row.length).filter((other) => other !== place);
    others.sort((a, b) => row[a] - row[b] || a - b);
    for (const other of others.slice(0, neighbours)) {
      const pair: [number, number] = [Math.min(place, other), Math.max(place, other)];
      seen.set(pair.join(), pair);
    }
  }
  return [...seen.values()];
}

/** Draws of a random shape before it counts as impossible. */
const ATTEMPTS_MAX = 200;

function pairUp(places: number, degree: number, random: RandomStream): Joints | undefined {
  const open = count(places).flatMap((place) => count(degree).map(() => place));
  const seen = new Set<number>();
  const joints: [number, number][] = [];
  // Near the end nearly all draws are of pairs that exist already, so it gives up after as many as there are ends.
  let vain = 0;
  while (open.length > 0) {
    const i = random.integer(0, open.length - 1);
    const j = random.integer(0, open.length - 1);
    const [a, b] = open[i] < open[j] ? [open[i], open[j]] : [open[j], open[i]];
    if (a === b || seen.has(a * places + b)) {
      if (++vain > 10 * degree * places) return undefined;
      continue;
    }
    seen.add(a * places + b);
    joints.push([a, b]);
    takeOut(open, Math.max(i, j));
    takeOut(open, Math.min(i, j));
  }
  return joints;
}

/** Takes one out of a list whose order does not matter. */
function takeOut(list: number[], place: number): void {
  const last = list.pop();
  if (last !== undefined && place < list.length) list[place] = last;
}

function rewire(
  places: number,
  { degree, rewiring }: { readonly degree: number; readonly rewiring: number },
  random: RandomStream,
): Joints {
  const key = (a: number, b: number): number => Math.min(a, b) * places + Math.max(a, b);
  const joints = count(degree / 2).flatMap((step) =>
    count(places).map((place): [number, number] => [place, (place + step + 1) % places]),
  );
  const taken = new Set(joints.map(([a, b]) => key(a, b)));
  return joints.map(([a, b]): [number, number] => {
    // Who is joined to all others has nowhere else to go.
    const isFull = count(places).every((other) => other === a || taken.has(key(a, other)));
    if (!random.chance(rewiring) || isFull) return [a, b];
    let other = random.integer(0, places - 1);
    while (other === a || taken.has(key(a, other))) other = random.integer(0, places - 1);
    taken.delete(key(a, b));
    taken.add(key(a, other));
    return [a, other];
  });
}

function isConnected(places: number, joints: Joints): boolean {
  const groups = count(places);
  const groupOf = (place: number): number => {
    let group = place;
    while (groups[group] !== group) group = groups[group];
    return group;
  };
  for (const [a, b] of joints) groups[groupOf(a)] = groupOf(b);
  return groups.every((_, place) => groupOf(place) === groupOf(0));
}

function count(to: number): number[] {
  return Array.from({ length: Math.max(0, to) }, (_, i) => i);
}

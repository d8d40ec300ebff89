// Writes a small binary file of commands, 64 bytes each, for examples/stream-commands.ts.
import { writeFileSync } from "node:fs";

import { packFlags, RECORD_WORDS, Side, TimeInForce, writeCancel, writeReplace, writeSubmit } from "tradeswarm/market";

const words = new Int32Array(5 * RECORD_WORDS);
const doubles = new Float64Array(words.buffer); // the same memory
const order = { instrument: 0, orderId: 1 };
const buyNow = packFlags({ side: Side.buy, timeInForce: TimeInForce.IOC });

writeSubmit(words, doubles, 0, {
  ...order,
  owner: 1,
  flags: packFlags({ side: Side.sell }),
  priceTicks: 5000,
  qtyLots: 10,
});
writeSubmit(words, doubles, 16, { ...order, owner: 2, flags: buyNow, priceTicks: 5001, qtyLots: 4 });
writeReplace(words, 32, { ...order, owner: 1, priceTicks: 5002, qtyLots: 20 });
writeCancel(words, 48, { ...order, owner: 1 });
writeCancel(words, 64, { ...order, owner: 1 });

writeFileSync(process.argv[2] ?? "commands.bin", words);

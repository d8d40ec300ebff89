import { DeskListing } from "../../desk/listing.ts";
import { createInstrument } from "../../model/instrument.ts";

const btc = { symbol: "BTC-USD", base: "BTC", quote: "USD", tick: "0.5", lot: "0.001" };
const eth = { symbol: "ETH-USD", base: "ETH", quote: "USD", tick: "0.01", lot: "0.01" };

/** Markets 0 and 1 at ALPHA, market 2 (the instrument of market 0 again) at BETA. */
export function twoVenueListing(): DeskListing {
  return new DeskListing([
    { name: "ALPHA", instruments: [createInstrument(btc), createInstrument(eth)] },
    { name: "BETA", instruments: [createInstrument(btc)] },
  ]);
}

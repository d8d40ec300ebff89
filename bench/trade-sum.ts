/** A checksum over trades in their order: who took, who made, at what price, how much. */
export class TradeSum {
  trades = 0;
  value = 0;

  add(taker: number, maker: number, priceTicks: number, qtyLots: number): void {
    let value = this.value;
    for (const word of [taker, maker, priceTicks, qtyLots])
      value = Math.imul(value ^ word, 0x9e3779b1) ^ (value >>> 15);
    this.value = value;
    this.trades++;
  }

  get text(): string {
    return `${this.trades} trades, ${(this.value >>> 0).toString(16).padStart(8, "0")}`;
  }
}

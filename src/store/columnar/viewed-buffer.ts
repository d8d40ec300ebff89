/** Blocks of a file start at multiples of this, so that every typed array can look at them in place. */
export const BLOCK_ALIGN_BYTES = 8;

/** Rounds a byte length up to where the next block may start. */
export function alignBlock(bytes: number): number {
  return Math.ceil(bytes / BLOCK_ALIGN_BYTES) * BLOCK_ALIGN_BYTES;
}

/** One piece of memory under every kind of view, made once, so that reading and writing columns makes no garbage. */
export class ViewedBuffer {
  readonly u8: Uint8Array;
  readonly i8: Int8Array;
  readonly u16: Uint16Array;
  readonly i16: Int16Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly f64: Float64Array;

  constructor(byteLength: number) {
    const buffer = new ArrayBuffer(alignBlock(byteLength));
    this.u8 = new Uint8Array(buffer);
    this.i8 = new Int8Array(buffer);
    this.u16 = new Uint16Array(buffer);
    this.i16 = new Int16Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.f64 = new Float64Array(buffer);
  }

  get byteLength(): number {
    return this.u8.byteLength;
  }
}

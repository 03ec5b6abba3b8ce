/** Registers: 2^12. The standard error of an estimate is 1.04 / √4096, which is 1.6 %. */
const precision = 12;
const registers = 2 ** precision;
const bias = 0.7213 / (1 + 1.079 / registers);
/** A pair of a register and its rank takes three bytes, all registers take six bits each: fewer pairs are shorter. */
const mostPairs = (registers * 6) / 8 / 3;

export const standardError = 1.04 / Math.sqrt(registers);

/**
 * An estimate of how many different values there were, from which no value can be read. Two of them merge into that of
 * the union.
 *
 * @see Flajolet, Fusy, Gandouet, Meunier: HyperLogLog (2007), with linear counting for small numbers
 */
export interface Sketch {
  /** The highest rank seen in each register; 0 for none. */
  readonly ranks: Uint8Array;
}

export function emptySketch(): Sketch {
  return { ranks: new Uint8Array(registers) };
}

/** A register, and how high a value puts it. */
export interface Place {
  readonly index: number;
  readonly rank: number;
}

/**
 * Where a value belongs in every sketch.
 *
 * @param hash at least 64 evenly spread bits, in base64url
 */
export function placeOf(hash: string): Place {
  const bytes = Buffer.from(hash, 'base64url');
  const index = bytes.readUInt16BE(0) >> (16 - precision);
  // 52 bits follow: as many leading zeros and one more is the rank.
  const high = ((bytes.readUInt16BE(0) & 0xf) << 16) | bytes.readUInt16BE(2);
  const low = bytes.readUInt32BE(4);
  const rank = high !== 0 ? Math.clz32(high) - 12 + 1 : 20 + Math.clz32(low) + 1;
  return { index, rank };
}

/** Adds a value by its place. Gives whether that changed anything. */
export function addToSketch({ ranks }: Sketch, { index, rank }: Place): boolean {
  if (rank <= (ranks[index] ?? 0)) return false;
  ranks[index] = rank;
  return true;
}

/** Takes all that the other has seen into `sketch`. */
export function mergeSketch({ ranks }: Sketch, other: Sketch): void {
  for (let index = 0; index < registers; index += 1) {
    const rank = other.ranks[index] ?? 0;
    if (rank > (ranks[index] ?? 0)) ranks[index] = rank;
  }
}

/** About how many different values were added. */
export function estimate({ ranks }: Sketch): number {
  let sum = 0;
  let empty = 0;
  for (const rank of ranks) {
    sum += 2 ** -rank;
    if (rank === 0) empty += 1;
  }
  const raw = (bias * registers * registers) / sum;
  const isSmall = raw <= 2.5 * registers && empty > 0;
  return Math.round(isSmall ? registers * Math.log(registers / empty) : raw);
}

/** As text: `s` and pairs of register and rank while there are few, else `d` and every rank in six bits; in base64. */
export function writeSketch({ ranks }: Sketch): string {
  let pairs = 0;
  for (const rank of ranks) if (rank > 0) pairs += 1;
  if (pairs > mostPairs) return `d${packRanks(ranks).toString('base64')}`;
  const bytes = Buffer.allocUnsafe(pairs * 3);
  let at = 0;
  for (let index = 0; index < registers; index += 1) {
    const rank = ranks[index] ?? 0;
    if (rank === 0) continue;
    bytes.writeUIntBE((index << 6) | rank, at, 3);
    at += 3;
  }
  return `s${bytes.toString('base64')}`;
}

/** Reads what {@link writeSketch} wrote into `sketch`, beside what is there. */
export function mergeWritten(sketch: Sketch, written: string): void {
  const bytes = Buffer.from(written.slice(1), 'base64');
  const take = (index: number, rank: number) => {
    if (rank > (sketch.ranks[index] ?? 0)) sketch.ranks[index] = rank;
  };
  for (let at = 0; at + 3 <= bytes.length; at += 3) {
    const bits = bytes.readUIntBE(at, 3);
    if (written.startsWith('s')) take(bits >> 6, bits & 63);
    else {
      const first = (at / 3) * 4;
      for (const offset of [0, 1, 2, 3]) take(first + offset, (bits >> (18 - offset * 6)) & 63);
    }
  }
}

function packRanks(ranks: Uint8Array): Buffer {
  const bytes = Buffer.alloc((registers * 6) / 8);
  for (let at = 0; at < registers; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = ranks.subarray(at, at + 4);
    bytes.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, (at / 4) * 3, 3);
  }
  return bytes;
}

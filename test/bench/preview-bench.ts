import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchSetting, type Figure, inChild, since } from './measure.ts';

const bytes = 1_000_000_000;
const wards = ['Hoàn Kiếm', 'Ba Đình', 'Đống Đa', 'Hai Bà Trưng', 'Cầu Giấy', 'Tây Hồ'];

interface Looked {
  readonly seconds: number;
  readonly rows: number;
  /** By how much the serving process grew while the table was made, and looked at, in MB. */
  readonly growth: number;
  readonly page: number;
  readonly sorted: number;
  readonly meanwhile: number;
}

/** A CSV file of a gigabyte is uploaded, turned into a table, and looked at while others ask for pages. */
export async function benchPreview({ folder }: BenchSetting): Promise<readonly Figure[]> {
  const file = join(folder, 'large.csv');
  await writeLarge(file);
  const read = await countLines(file);
  const dataDir = join(folder, 'preview');
  const looked = (await inChild('preview-child', [file, dataDir])) as Looked;
  await rm(file);
  await rm(dataDir, { recursive: true });
  const megabytes = bytes / 1_000_000;
  return [
    {
      name: 'table of a 1 GB CSV',
      value: megabytes / looked.seconds,
      unit: 'MB/s',
      reference: { name: 'reading it and counting lines', value: megabytes / read },
    },
    {
      name: 'table of a 1 GB CSV, growth of the server',
      value: looked.growth,
      unit: 'MB',
      target: { atMost: 300 },
    },
    { name: 'a page of its rows, median', value: looked.page, unit: 'ms', target: { atMost: 50 } },
    { name: 'its rows sorted by a number, median', value: looked.sorted, unit: 'ms' },
    { name: 'a page of a dataset meanwhile, median', value: looked.meanwhile, unit: 'ms' },
  ];
}

async function writeLarge(file: string): Promise<void> {
  const out = createWriteStream(file);
  out.write('mã hộ,ngày,phường,diện tích,giá trị,vĩ độ,kinh độ,ghi chú\n');
  let written = 0;
  for (let row = 0; written < bytes; ) {
    let piece = '';
    for (const end = row + 5000; row < end; row += 1) piece += lineOf(row);
    written += Buffer.byteLength(piece);
    if (!out.write(piece)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

function lineOf(row: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `2026-${two((row % 12) + 1)}-${two((row % 28) + 1)}`;
  const place = `${(20.9 + (row % 1000) / 5000).toFixed(5)},${(105.7 + (row % 997) / 3000).toFixed(5)}`;
  const area = ((row * 37) % 10_000) / 10;
  return `${row},${day},${wards[(row * 7919) % 6]},${area},${(row * 7919) % 1_000_003},${place},"hồ sơ số ${(row * 31) % 99_991}, đã duyệt"\n`;
}

async function countLines(file: string): Promise<number> {
  const start = performance.now();
  let lines = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const bytes: Buffer = piece;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  }
  if (lines === 0) throw new Error('nothing was written');
  return since(start);
}

import { deflateRawSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import iconv from 'iconv-lite';

/*
 * Files as agencies send them, and as nobody should: made here, so that what is in them can be read.
 */

export const busLines = [
  ['Mã tuyến', 'Tên tuyến', 'Giá vé', 'Ngày mở'],
  ['01', 'Bến xe Gia Lâm – Bến xe Yên Nghĩa', '7000', '2004-05-01'],
  ['02', 'Bác Cổ – Bến xe Yên Nghĩa', '8000', '2004-06-15'],
  ['03A', 'Bến xe Giáp Bát – Bến xe Gia Lâm', '9000', '2005-01-20'],
] as const;

/** The table with a delimiter, without the dash that old encodings do not have. */
export function delimited(delimiter: string, lineEnd = '\n'): string {
  return busLines.map((row) => row.join(delimiter).replaceAll('–', '-')).join(lineEnd) + lineEnd;
}

/** Text as Windows-1258 has it: a vowel with its mark, and the tone after it. */
export function inWindows1258(text: string): Buffer {
  const parted = text
    .normalize('NFD')
    .replace(/([aeouAEOU])([\u0302\u0306\u031b]?)/g, (_whole, letter, mark) =>
      `${letter}${mark}`.normalize('NFC'),
    )
    // Dots below stand before circumflexes when everything is parted.
    .replace(
      /([aeoAEO])\u0323\u0302/g,
      (_whole, letter) => `${`${letter}\u0302`.normalize('NFC')}\u0323`,
    )
    .replace(
      /([aA])\u0323\u0306/g,
      (_whole, letter) => `${`${letter}\u0306`.normalize('NFC')}\u0323`,
    );
  return iconv.encode(parted, 'windows1258');
}

export function inTcvn3(text: string): Buffer {
  return iconv.encode(text.toLowerCase(), 'tcvn');
}

export function inUtf16(text: string): Buffer {
  return Buffer.concat([Buffer.from('fffe', 'hex'), Buffer.from(text, 'utf16le')]);
}

export async function workbook(): Promise<Buffer> {
  const [head = [], ...rows] = busLines;
  const data = rows.map(([code, name, price, day]) => [
    code,
    name,
    Number(price),
    new Date(`${day}T00:00:00Z`),
  ]);
  return Buffer.from(
    await writeXlsx({
      sheets: [
        { name: 'Tuyến', rows: [['DANH MỤC TUYẾN XE BUÝT'], [], [...head], ...data] },
        {
          name: 'Ghi chú',
          rows: [
            ['Mục', 'Nội dung'],
            ['a', 'b'],
            ['c', 'd'],
          ],
        },
      ],
    }),
  );
}

/** A ZIP with one entry, whose directory may say something else of its size. */
export function zipOf(name: string, content: Buffer, said = content.length): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const bytes = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(said, 18);
  common.writeUInt16LE(bytes.length, 22);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, bytes, packed]);
  const directory = Buffer.concat([
    Buffer.from('504b01021400', 'hex'),
    common,
    Buffer.alloc(14),
    bytes,
  ]);
  const end = Buffer.alloc(22);
  Buffer.from('504b0506', 'hex').copy(end);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

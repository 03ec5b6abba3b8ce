import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import { writeOfficialXlsx } from '../../documents/write-official-xlsx.ts';
import { type AnnexPaper, annexPaper } from './annex-paper.ts';

/**
 * Writes the annex of a decision as a workbook that `readAnnex` reads back to the same records: what is printed, and
 * beside it, unprinted, the identifiers and themes.
 */
export function writeAnnexXlsx(paper: AnnexPaper): Promise<Uint8Array> {
  return writeOfficialXlsx(annexPaper(paper));
}

/** The same annex as a text document. */
export function writeAnnexDocx(paper: AnnexPaper): Promise<Uint8Array> {
  return writeOfficialDocx(annexPaper(paper));
}

import { CatalogError } from '../kernel/errors.ts';
import type { Message } from '../kernel/lang-text.ts';
import type { PreviewFailure } from './preview-facts.ts';

/** What is the matter with a file that cannot be shown, and what to do about it. */
export const failureMessages: Readonly<Record<PreviewFailure, Message>> = {
  empty: {
    vi: 'Tệp rỗng: không có dòng dữ liệu nào.',
    en: 'The file is empty: there is no row of data in it.',
  },
  'not-a-table': {
    vi: 'Nội dung tệp không phải bảng dữ liệu, dù được khai là vậy. Hãy báo cho cơ quan cung cấp.',
    en: 'What is in the file is no table, although it is said to be one. Please tell the agency that provides it.',
  },
  'web-page': {
    vi: 'Địa chỉ của tệp trả lời bằng một trang web, không phải tệp dữ liệu. Hãy mở địa chỉ đó, hoặc báo cho cơ quan cung cấp.',
    en: 'The address of the file answers with a web page, not with data. Open the address yourself, or tell the agency that provides it.',
  },
  compressed: {
    vi: 'Tệp là một gói nén (ZIP, GZIP…), không phải bảng. Hãy tải về và giải nén.',
    en: 'The file is a compressed package (ZIP, GZIP …), not a table. Download and unpack it.',
  },
  'old-workbook': {
    vi: 'Tệp là bảng tính kiểu cũ (XLS, XLSB) hoặc có mật khẩu. Hãy tải về và mở bằng chương trình bảng tính.',
    en: 'The file is a workbook of an older kind (XLS, XLSB), or has a password. Download it and open it with a spreadsheet program.',
  },
  bomb: {
    vi: 'Bảng tính giải nén ra lớn gấp hàng trăm lần kích thước tệp; hệ thống không mở loại tệp như vậy.',
    en: 'The workbook unpacks to hundreds of times its size; such a file is not opened here.',
  },
  broken: {
    vi: 'Tệp bị hỏng hoặc sai cú pháp nên không đọc được. Hãy báo cho cơ quan cung cấp.',
    en: 'The file is damaged or not well formed, and cannot be read. Please tell the agency that provides it.',
  },
  'no-such-sheet': {
    vi: 'Bảng tính không có trang này. Hãy chọn trang khác.',
    en: 'The workbook has no such sheet. Choose another.',
  },
  'too-large': {
    vi: 'Tệp quá lớn để xem tại đây. Hãy tải về.',
    en: 'The file is too large to be shown here. Download it.',
  },
  'too-slow': {
    vi: 'Chuẩn bị bảng mất quá nhiều thời gian nên đã dừng. Hãy tải tệp về.',
    en: 'Preparing the table took too long and was stopped. Download the file.',
  },
  'not-reached': {
    vi: 'Không kết nối được tới máy chủ giữ tệp. Hãy thử lại sau.',
    en: 'The server that holds the file was not reached. Try again later.',
  },
  'not-found': {
    vi: 'Máy chủ giữ tệp trả lời là không có tệp này. Hãy báo cho cơ quan cung cấp.',
    en: 'The server that holds the file says that it is not there. Please tell the agency that provides it.',
  },
  failed: {
    vi: 'Không chuẩn bị được bảng do lỗi của hệ thống; lỗi đã được ghi lại. Hãy tải tệp về.',
    en: 'The table could not be prepared because of a fault of ours, which has been noted. Download the file.',
  },
};

/** A file that cannot be shown, as the API says it. */
export function notReadable(failure: PreviewFailure): CatalogError {
  return new CatalogError('invalid', 'preview-not-readable', failureMessages[failure]);
}

import type { Message } from '../kernel/lang-text.ts';

/** What a token may be made for, in both languages; its role decides what of it counts. */
export const scopes = {
  'datasets:read': {
    vi: 'Xem bản ghi, kể cả bản nháp của cơ quan',
    en: 'Read records, the agency’s drafts among them',
  },
  'datasets:write': {
    vi: 'Đăng ký, sửa bản ghi, tải tệp lên, gửi phê duyệt',
    en: 'Register and revise records, upload files, submit for approval',
  },
  'datasets:release': {
    vi: 'Phê duyệt, trả lại, công bố, rút khỏi danh mục',
    en: 'Approve, return, publish and withdraw',
  },
  'plans:write': { vi: 'Sửa kế hoạch', en: 'Revise plans' },
  'reuses:moderate': { vi: 'Duyệt sản phẩm tái sử dụng', en: 'Moderate reuses' },
  'inquiries:answer': {
    vi: 'Xem, chuyển, trả lời yêu cầu và báo lỗi',
    en: 'Read, assign and answer requests and reports',
  },
  'criteria:write': { vi: 'Sửa bộ tiêu chí', en: 'Revise the criteria' },
} as const satisfies Readonly<Record<string, Message>>;

export type Scope = keyof typeof scopes;

export const scopeNames: readonly Scope[] = Object.keys(scopes) as Scope[];
